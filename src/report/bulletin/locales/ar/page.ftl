# The head, the sentences, the trend and the tables. `$n` decides on plurals, `$number` is it in digits, `$word` in a word up to ten.

not-reviewed = لم يراجع هذه الترجمةَ متحدثٌ أصلي ({ "\u2068" }translation not reviewed{ "\u2069" }).
head-unit = الوحدة
head-author = المحرر
head-date-time-group = مجموعة التاريخ والوقت
head-period = الفترة
head-from-to = من { $from } إلى { $to } ({ $zone })

title-day = نشرة يوم { $date }
title-period = النشرة من { $from } إلى { $to }
title-month = نشرة شهر { $month }
title-days = النشرة من { $from } إلى { $to }
title-to-date = { $title }، والفترة لم تنته بعد
lead-day = خلال { $hours } ساعة من يوم { $date } ({ $zone }) { $events }.
lead-period = من { $from } إلى { $to } ({ $zone }) { $events }.
lead-month = في { $month } ({ $zone }) { $events }.
lead-days = من { $from } إلى نهاية { $to } ({ $zone }) { $events }.
lead-incidents =
    { $n ->
        [0] لم يُسجَّل أي انتهاك
        [one] سُجِّل انتهاك واحد
        [two] سُجِّل انتهاكان
        [few] سُجِّلت { $number } انتهاكات
        [many] سُجِّل { $number } انتهاكًا
       *[other] سُجِّل { $number } انتهاك
    }
lead-none-known = لا يُعرف أي انتهاك
incident-count =
    { $n ->
        [0] لا انتهاكات
        [one] انتهاك واحد
        [two] انتهاكان
        [few] { $number } انتهاكات
        [many] { $number } انتهاكًا
       *[other] { $number } انتهاك
    }
lead-open = { $events }، و{ $open }
not-dated =
    { $n ->
        [one] تعذّر تحديد تاريخ حادث واحد
        [two] تعذّر تحديد تاريخ حادثين
        [few] تعذّر تحديد تاريخ { $number } حوادث
        [many] تعذّر تحديد تاريخ { $number } حادثًا
       *[other] تعذّر تحديد تاريخ { $number } حادث
    }
doubtful-dates =
    { $n ->
        [one] قد يكون حادث واحد من هذه الفترة أو من غيرها
        [two] قد يكون حادثان من هذه الفترة أو من غيرها
        [few] قد تكون { $number } حوادث من هذه الفترة أو من غيرها
        [many] قد يكون { $number } حادثًا من هذه الفترة أو من غيرها
       *[other] قد يكون { $number } حادث من هذه الفترة أو من غيرها
    }
lead-watch = { $events }؛ { $watch }
pair = { $first }، و{ $second }
both = { $first } و{ $second }
people-killed =
    { $n ->
        [one] قُتل شخص واحد
        [two] قُتل شخصان
        [few] قُتل { $number } أشخاص
        [many] قُتل { $number } شخصًا
       *[other] قُتل { $number } شخص
    }
people-wounded =
    { $n ->
        [one] أُصيب شخص واحد بجروح
        [two] أُصيب شخصان بجروح
        [few] أُصيب { $number } أشخاص بجروح
        [many] أُصيب { $number } شخصًا بجروح
       *[other] أُصيب { $number } شخص بجروح
    }
people-none = لم يُقتل أو يُصب أحد
people-untold = لم يُبلَّغ عن الخسائر البشرية
watched-from = جرت المراقبة من { $posts }
patrolled-on = جرت الدوريات على { $routes } في { $corridors }
posts =
    { $n ->
        [0] لا مراكز
        [one] مركز مراقبة واحد
        [two] مركزي مراقبة
        [few] { $number } مراكز مراقبة
        [many] { $number } مركز مراقبة
       *[other] { $number } مركز مراقبة
    }
routes =
    { $n ->
        [0] لا مسارات
        [one] مسار واحد
        [two] مسارين
        [few] { $number } مسارات
        [many] { $number } مسارًا
       *[other] { $number } مسار
    }
corridors =
    { $n ->
        [0] لا ممرات
        [one] ممر واحد
        [two] ممرين
        [few] { $number } ممرات
        [many] { $number } ممرًا
       *[other] { $number } ممر
    }

rejected-lead =
    { $n ->
        [one] تعذّرت قراءة حادث واحد فلم يُحتسب، السطر { $row }: { $reason }.
        [two] تعذّرت قراءة حادثين فلم يُحتسبا، أولهما في السطر { $row }: { $reason }.
        [few] تعذّرت قراءة { $number } حوادث فلم تُحتسب، أولها في السطر { $row }: { $reason }.
        [many] تعذّرت قراءة { $number } حادثًا فلم تُحتسب، أولها في السطر { $row }: { $reason }.
       *[other] تعذّرت قراءة { $number } حادث فلم تُحتسب، أولها في السطر { $row }: { $reason }.
    }
first-unreadable = أول وقت تعذّرت قراءته هو «{ $text }» (السطر { $row }).
region-unknown =
    { $n ->
        [one] منطقة حادث واحد مجهولة، فيُحتسب بلا موقع.
        [two] منطقتا حادثين مجهولتان، فيُحتسبان بلا موقع.
        [few] مناطق { $number } حوادث مجهولة، فتُحتسب بلا موقع.
        [many] مناطق { $number } حادثًا مجهولة، فتُحتسب بلا موقع.
       *[other] مناطق { $number } حادث مجهولة، فتُحتسب بلا موقع.
    }
uncertain-count =
    { $n ->
        [one] واحد موقعه غير مؤكد
        [two] اثنان موقعهما غير مؤكد
       *[other] { $number } مواقعها غير مؤكدة
    }
not-located-count =
    { $n ->
        [one] واحد بلا موقع
        [two] اثنان بلا موقع
       *[other] { $number } بلا موقع
    }
certainty = ومنها { $counts }.
undated-apart = الحوادث التي لم يتحدد زمنها مذكورة أدناه ولا تدخل في أي جدول.
nothing-left-out = لم يُترك شيء خارج الحساب.
all-exact = جميع المواقع دقيقة، ولم يُترك شيء خارج الحساب.

map-alternative = خريطة المراكز والمسارات والممرات: { $incidents }
map-outside =
    { $n ->
        [one] حادث واحد خارج الخريطة.
        [two] حادثان خارج الخريطة.
        [few] { $number } حوادث خارج الخريطة.
        [many] { $number } حادثًا خارج الخريطة.
       *[other] { $number } حادث خارج الخريطة.
    }

figure = البيان
incidents = الحوادث
undecided = غير محدد
not-located = بلا موقع
killed = القتلى
wounded = الجرحى
killed-untold =
    { $n ->
        [one] حادث واحد لا يذكر عدد القتلى.
        [two] حادثان لا يذكران عدد القتلى.
        [few] { $number } حوادث لا تذكر عدد القتلى.
        [many] { $number } حادثًا لا تذكر عدد القتلى.
       *[other] { $number } حادث لا تذكر عدد القتلى.
    }
wounded-untold =
    { $n ->
        [one] حادث واحد لا يذكر عدد الجرحى.
        [two] حادثان لا يذكران عدد الجرحى.
        [few] { $number } حوادث لا تذكر عدد الجرحى.
        [many] { $number } حادثًا لا تذكر عدد الجرحى.
       *[other] { $number } حادث لا تذكر عدد الجرحى.
    }

not-counted = لم يُحتسب لأنه ليس عددًا صحيحًا من الأشخاص: { $items }.
not-counted-item =
    { $member ->
        [killed] القتلى «{ $text }» في { $id }
       *[wounded] الجرحى «{ $text }» في { $id }
    }

change = الاتجاه
change-last =
    { $kind ->
        [day] في اليوم السابق: { $count }.
        [week] في الأسبوع السابق: { $count }.
        [month] في الشهر السابق: { $count }.
       *[between] في الفترة السابقة: { $count }.
    }
earlier-periods =
    { $kind ->
        [day] { $n ->
            [one] يوم سابق واحد
            [two] يومين سابقين
            [few] { $count } أيام سابقة
            [many] { $count } يومًا سابقًا
           *[other] { $count } يوم سابق
        }
        [week] { $n ->
            [one] أسبوع سابق واحد
            [two] أسبوعين سابقين
            [few] { $count } أسابيع سابقة
            [many] { $count } أسبوعًا سابقًا
           *[other] { $count } أسبوع سابق
        }
        [month] { $n ->
            [one] شهر سابق واحد
            [two] شهرين سابقين
            [few] { $count } أشهر سابقة
            [many] { $count } شهرًا سابقًا
           *[other] { $count } شهر سابق
        }
       *[between] { $n ->
            [one] فترة سابقة واحدة
            [two] فترتين سابقتين
            [few] { $count } فترات سابقة
            [many] { $count } فترة سابقة
           *[other] { $count } فترة سابقة
        }
    }
change-too-few = لا تضم البيانات سوى { $earlier }، وهي أقل من أن تبيّن المعتاد، إذ يلزم { $least } على الأقل.
change-usual =
    { $usual ->
        [more] في { $earlier } كان الوسيط { $median }، والنصف الأوسط من { $lower } إلى { $upper }. هذا مرتفع على نحو غير معتاد، وأكثر مما في أي منها.
        [fewer] في { $earlier } كان الوسيط { $median }، والنصف الأوسط من { $lower } إلى { $upper }. هذا منخفض على نحو غير معتاد، وأقل مما في أي منها.
       *[usual] في { $earlier } كان الوسيط { $median }، والنصف الأوسط من { $lower } إلى { $upper }. هذا ضمن المعتاد.
    }
change-to-date =
    { $kind ->
        [day] لم ينته اليوم: احتُسبت من كل يوم سابق الساعات نفسها.
        [week] لم ينته الأسبوع: احتُسبت من كل أسبوع سابق الأيام والساعات نفسها.
       *[month] لم ينته الشهر: احتُسبت من كل شهر سابق الأيام والساعات نفسها.
    }
poisson = لو كانت الحوادث مستقلة بعضها عن بعض لأعطى متوسطٌ من { $low } إلى { $high } هذه النتيجة مصادفةً: { $count } (مجال بواسون الدقيق، ٩٥ ٪). غير أن الحوادث تأتي متجمعة، ولذلك تحدد الأرباعُ غيرَ المعتاد لا هذا المجال.
by-week = حسب الأسبوع
by-day = حسب اليوم
day = اليوم
week-from = الأسبوع من
week-part = { $week } (جزئيًا)
numbers-by-week = الأرقام حسب الأسبوع
numbers-by-day = الأرقام حسب اليوم
weeks-alternative = الحوادث حسب الأسبوع ابتداءً من { $first }: { $counts }
calendar-alternative = الحوادث حسب اليوم؛ أكثرها في { $date }: { $count }
this-period = هذه الفترة
period-before = الفترة السابقة
difference = التغير
median = الوسيط
lower-quartile = الربيع الأدنى
upper-quartile = الربيع الأعلى
periods-before =
    { $n ->
        [one] الوسيط والأرباع من { $asked } فترة سابقة، تضم البيانات واحدة منها.
        [two] الوسيط والأرباع من { $asked } فترة سابقة، تضم البيانات اثنتين منها.
       *[other] الوسيط والأرباع من { $asked } فترة سابقة، تضم البيانات { $number } منها.
    }
no-periods-before = لا تضم البيانات فترة سابقة للمقارنة.

table-heading =
    { $table ->
        [corridor] حسب الممر
        [route] حسب أقرب مسار
        [post] حسب أقرب مركز
        [type] حسب النوع
        [side] حسب الجانب من أقرب مسار
        [hour] حسب ساعة اليوم
        [weekday] حسب يوم الأسبوع
       *[status] حسب الحالة
    }
table-key =
    { $table ->
        [corridor] الممر
        [route] المسار
        [post] المركز
        [type] النوع
        [side] الجانب
        [hour] الساعة
        [weekday] اليوم
       *[status] الحالة
    }
no-value =
    { $table ->
        [corridor] خارج الممرات
        [route] بلا مسار
        [post] بلا مركز
        [type] النوع غير مذكور
        [side] بلا مسار
        [hour] الساعة مجهولة
        [weekday] اليوم مجهول
       *[status] الحالة غير مذكورة
    }
possible = محتمل
certain = مؤكد
in-numbers = بالأرقام
bars-alternative =
    { $table ->
        [hour] الحوادث حسب ساعة اليوم؛ أكثرها ابتداءً من الساعة { $key }: { $count }
       *[weekday] الحوادث حسب يوم الأسبوع؛ أكثرها يوم { $key }: { $count }
    }
without-incident = بلا حوادث
none-corridors =
    { $n ->
        [one] لا يُعرف أي حادث في ممر واحد: { $list }.
        [two] لا يُعرف أي حادث في ممرين: { $list }.
        [few] لا يُعرف أي حادث في { $number } ممرات: { $list }.
        [many] لا يُعرف أي حادث في { $number } ممرًا: { $list }.
       *[other] لا يُعرف أي حادث في { $number } ممر: { $list }.
    }
none-routes =
    { $n ->
        [one] مسار واحد ليس الأقرب إلى أي حادث معروف: { $list }.
        [two] مساران ليسا الأقرب إلى أي حادث معروف: { $list }.
        [few] { $number } مسارات ليست الأقرب إلى أي حادث معروف: { $list }.
        [many] { $number } مسارًا ليست الأقرب إلى أي حادث معروف: { $list }.
       *[other] { $number } مسار ليست الأقرب إلى أي حادث معروف: { $list }.
    }
none-posts =
    { $n ->
        [one] مركز واحد ليس الأقرب إلى أي حادث معروف: { $list }.
        [two] مركزان ليسا الأقرب إلى أي حادث معروف: { $list }.
        [few] { $number } مراكز ليست الأقرب إلى أي حادث معروف: { $list }.
        [many] { $number } مركزًا ليست الأقرب إلى أي حادث معروف: { $list }.
       *[other] { $number } مركز ليست الأقرب إلى أي حادث معروف: { $list }.
    }

along-routes = على امتداد المسارات
along-routes-lead = الحوادث التي يكون المسار أقربها: ما فوق الخط إلى يسار المسار، وما تحته إلى يمينه. المثلثات مراكز على أقل من ٥ كم.
strips-more =
    { $n ->
        [one] لمسار آخر حوادث.
        [two] لمسارين آخرين حوادث.
        [few] لـ{ $number } مسارات أخرى حوادث.
        [many] لـ{ $number } مسارًا آخر حوادث.
       *[other] لـ{ $number } مسار آخر حوادث.
    }
strip-item = { $id } عند الكيلومتر { $km }، { $side }
strip-alternative = الطول { $length } كم؛ الحوادث: { $incidents }.
strip-gap = من الكيلومتر { $from } إلى { $to }
strip-gaps = لا يرى أي مركز { $gaps }.
possible-lead = الحادث الذي تترك منطقته عدة احتمالات مفتوحة يُحتسب محتملًا لكل منها بقدر حصته من المنطقة، ويبقى قتلاه وجرحاه غير محددين.
named = { $id } ({ $name })
total = المجموع
side =
    { $side ->
        [left] يسارًا
        [right] يمينًا
       *[on] على المسار
    }
status =
    { $status ->
        [new] جديد
        [open] مفتوح
        [active] نشط
        [ongoing] جارٍ
        [pending] قيد الانتظار
        [settled] سُوّي
        [resolved] حُلّ
        [closed] مغلق
        [done] منتهٍ
       *[other] { $text }
    }
open = لا تزال مفتوحة
open-before =
    { $n ->
        [one] حادث واحد سابق للفترة لا يزال مفتوحًا: { $ids }.
        [two] حادثان سابقان للفترة لا يزالان مفتوحين: { $ids }.
        [few] { $number } حوادث سابقة للفترة لا تزال مفتوحة: { $ids }.
        [many] { $number } حادثًا سابقًا للفترة لا تزال مفتوحة: { $ids }.
       *[other] { $number } حادث سابق للفترة لا تزال مفتوحة: { $ids }.
    }
