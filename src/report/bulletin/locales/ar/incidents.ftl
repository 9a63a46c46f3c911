# The incidents one by one, and what is said of the data.

places = الحوادث
corridor-heading = ممر { $corridor }
no-corridor-heading = خارج الممرات
hour-untold = الساعة غير مذكورة
nothing-near = لم يكن أي مركز أو مسار عاملًا
incident-item = { $id }، { $time }: { $facts }.
described = { $item } «{ $text }»
on-route = المسار { $route }، الكيلومتر { $km }
beside-left = { $distance } يسارًا
beside-right = { $distance } يمينًا
beside-on = على المسار
from-post = على بعد { $distance } باتجاه { $bearing } من { $post }
at-post = عند { $post }
metres = { $number } م
kilometres = { $number } كم

far = بعيدًا عن جميع المراكز
far-lead =
    { $n ->
        [one] حادث واحد يبعد أكثر من { $km } كم عن جميع المراكز:
        [two] حادثان يبعدان أكثر من { $km } كم عن جميع المراكز:
        [few] { $number } حوادث تبعد أكثر من { $km } كم عن جميع المراكز:
        [many] { $number } حادثًا تبعد أكثر من { $km } كم عن جميع المراكز:
       *[other] { $number } حادث تبعد أكثر من { $km } كم عن جميع المراكز:
    }
far-item = { $id }: على بعد { $distance } من { $post }، وهو الأقرب

odd-places = مواقع ينبغي التحقق منها
odd-item =
    { $why ->
        [far] { $id }: بعيد عن جميع المراكز والمسارات
        [exchanged] { $id }: خارج المنطقة، وداخلها إذا بُدّل خط الطول بخط العرض
       *[null-island] { $id }: عند خط الطول صفر وخط العرض صفر
    }

uncertain-places = مواقع غير مؤكدة
uncertain-lead =
    { $n ->
        [one] أُبلغ عن حادث واحد بوصفه منطقة. جميع المراكز والمسارات التي قد تكون الأقرب، مع حصة كل منها من المنطقة:
        [two] أُبلغ عن حادثين بوصفهما منطقتين. جميع المراكز والمسارات التي قد تكون الأقرب، مع حصة كل منها من المنطقة:
        [few] أُبلغ عن { $number } حوادث بوصفها مناطق. جميع المراكز والمسارات التي قد تكون الأقرب، مع حصة كل منها من المنطقة:
        [many] أُبلغ عن { $number } حادثًا بوصفها مناطق. جميع المراكز والمسارات التي قد تكون الأقرب، مع حصة كل منها من المنطقة:
       *[other] أُبلغ عن { $number } حادث بوصفها مناطق. جميع المراكز والمسارات التي قد تكون الأقرب، مع حصة كل منها من المنطقة:
    }
region =
    { $form ->
        [circle] دائرة مساحتها { $area }
        [grid] مربع شبكة مساحته { $area }
        [sector] قطاع مساحته { $area }
        [line] على خط
        [ray] على امتداد اتجاه
        [route] على جزء من المسار
        [fix] تقاطع اتجاهات مساحته { $area }
       *[other] منطقة مساحتها { $area }
    }
square-metres = { $number } م²
square-kilometres = { $number } كم²
from-to = من { $from } إلى { $to }
share = { $number } ٪
share-under-one = أقل من ١ ٪
share-over-ninety-nine = أكثر من ٩٩ ٪
candidate-posts = أقرب مركز: { $candidates }
candidate-routes = أقرب مسار: { $candidates }
candidate-certain = { $id } يقينًا، المسافة { $distance }
candidate = { $id } ({ $share }، المسافة { $distance })
doubt = مشكوك فيه: { $text }
doubt-of-fix =
    { $why ->
        [crossing] لا تكاد الخطوط تتقاطع، بزاوية { $first } درجة
        [contradiction] الملاحظات متناقضة، وأكثرها الملاحظة { $first }
        [two-places] ثمة مكان آخر يوافقها بالقدر نفسه: { $first } و{ $second } (خط الطول وخط العرض)
        [observer] يصل التقاطع إلى مراقب الملاحظة { $first }
       *[magnetic-pole] لا يُعتمد على البوصلة بهذا القرب من قطب مغناطيسي
    }
doubt-of-class =
    { $class ->
        [where_prec-3] { $name }: معروف على مستوى التقسيم الإداري الثاني، وأُخذ في حدود { $km } كم
        [where_prec-4] { $name }: معروف على مستوى التقسيم الإداري الأول، وأُخذ في حدود { $km } كم
        [where_prec-5] { $name }: معروف على مستوى خط أو مضلع غير واضح، وأُخذ في حدود { $km } كم
        [where_prec-6] { $name }: معروف على مستوى البلد، وأُخذ في حدود { $km } كم
        [where_prec-7] { $name }: في المياه أو الأجواء الدولية، وأُخذ في حدود { $km } كم
        [geo_precision-3] { $name }: معروف على مستوى إقليم واسع، وأُخذ في حدود { $km } كم
       *[other] { $name }، وأُخذ في حدود { $km } كم
    }

left-apart = بلا موقع أو وقت صالح
not-located-item = { $id }: لم يُحدد موقعه، { $why }
not-located-other = { $id } (لم يُحتسب، بلا وقت صالح): لم يُحدد موقعه، { $why }
why-not-located =
    { $why ->
        [missing] لا شكل هندسي له
        [nothing-reported] لم يُبلَّغ بشيء عن مكانه
        [no-position] خط طوله وخط عرضه فارغان
        [no-longitude] خط طوله فارغ
        [no-latitude] خط عرضه فارغ
        [incomplete] { $lacking ->
            [observer_post] ذُكر { $found } دون المركز الذي رُصد منه
            [chainage_m] ذُكر { $found } دون الكيلومتر على المسار
           *[other] ذُكر { $found } دون موقع
        }
        [line] هو خط
        [polygon] هو مضلع
        [collection] هو مجموعة أشكال هندسية
        [behind] لا تتقاطع اتجاهاته إلا خلف مراقب الملاحظة { $found }
        [observer] تنتهي ملاحظاته عند مراقب الملاحظة { $found }
        [apart] لا تتقاطع ملاحظاته في أي مكان ضمن ١٠٠٠ كم
        [parallel] اتجاهاته متوازية أو متباعدة
        [crossing] تتقاطع خطوطه بزاوية { $found } درجة فقط، فيبقى المكان مفتوحًا
        [open] تقاطعه مفتوح على { $found } كم
        [unknown-post] لا مركز معرّفه { $found }
        [unknown-route] لا مسار معرّفه { $found }
       *[gone] زال ما كان يصف منطقته
    }
without-time-item =
    { $why ->
        [missing] { $id }: لم يُذكر وقت
        [clocks] { $id }: «{ $text }» وقت أظهرته الساعات مرتين أو لم تظهره، بسبب تغييرها
        [date] { $id }: «{ $text }» تاريخ بلا ساعة، قد يكون من الفترة أو لا
        [calendar] { $id }: «{ $text }» من سنة خارج ١٩٠٠ إلى ٢١٠٠، ولعلها من تقويم آخر
       *[unreadable] { $id }: «{ $text }» ليس وقتًا
    }

rejected = تعذّرت قراءتها
rejected-item = السطر { $row }: { $reason }
rejected-more =
    { $n ->
        [one] وواحد آخر
        [two] واثنان آخران
       *[other] و{ $number } غيرها
    }

service = العاملة
service-line = ما كان عاملًا في هذه الفترة: { $posts }، { $routes }، { $corridors }.
posts-not-in-service = مراكز غير عاملة: { $ids }.
routes-not-in-service = مسارات غير عاملة: { $ids }.

liaison = الاتصال
liaison-item = { $id }: { $facts }.
tell = إبلاغ { $people }
contact-with = { $name } ({ $more })
contact-of = { $contact }، عن { $of }
of-post = المركز { $key }
of-route = المسار { $key }
of-corridor = الممر { $key }
settled-with = سُوّي مع { $people }

data = البيانات
data-rejected =
    { $n ->
        [one] وتعذّرت قراءة واحد آخر.
        [two] وتعذّرت قراءة اثنين آخرين.
       *[other] وتعذّرت قراءة { $number } غيرها.
    }
data-line =
    { $n ->
        [0] لم يُقرأ أي حادث.
        [one] قُرئ حادث واحد: { $in_period } في الفترة، و{ $before } قبلها، و{ $after } بعدها، و{ $without } بلا وقت صالح.
        [two] قُرئ حادثان: { $in_period } في الفترة، و{ $before } قبلها، و{ $after } بعدها، و{ $without } بلا وقت صالح.
        [few] قُرئت { $number } حوادث: { $in_period } في الفترة، و{ $before } قبلها، و{ $after } بعدها، و{ $without } بلا وقت صالح.
        [many] قُرئ { $number } حادثًا: { $in_period } في الفترة، و{ $before } قبلها، و{ $after } بعدها، و{ $without } بلا وقت صالح.
       *[other] قُرئ { $number } حادث: { $in_period } في الفترة، و{ $before } قبلها، و{ $after } بعدها، و{ $without } بلا وقت صالح.
    }
