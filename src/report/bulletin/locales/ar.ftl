# النشرة بالعربية. `$n` عدد تُختار به صيغة الجمع.

comma = ،{ " " }
semicolon = ؛{ " " }
number-word = { $n }
more =
    { $n ->
        [one] بند آخر
        [two] بندان آخران
        [few] { $n } بنود أخرى
        [many] { $n } بندًا آخر
       *[other] { $n } بند آخر
    }
names-and-more =
    { $n ->
        [one] { $names } وواحد آخر
        [two] { $names } واثنان آخران
       *[other] { $names } و{ $n } غيرها
    }

month-name =
    { $calendar ->
        [persian] { $month ->
            [1] فروردين
            [2] أرديبهشت
            [3] خرداد
            [4] تير
            [5] مرداد
            [6] شهريور
            [7] مهر
            [8] آبان
            [9] آذر
            [10] دي
            [11] بهمن
           *[12] إسفند
        }
       *[gregorian] { $month ->
            [1] كانون الثاني/يناير
            [2] شباط/فبراير
            [3] آذار/مارس
            [4] نيسان/أبريل
            [5] أيار/مايو
            [6] حزيران/يونيه
            [7] تموز/يوليه
            [8] آب/أغسطس
            [9] أيلول/سبتمبر
            [10] تشرين الأول/أكتوبر
            [11] تشرين الثاني/نوفمبر
           *[12] كانون الأول/ديسمبر
        }
    }
month-short =
    { $calendar ->
        [persian] { month-name }
       *[gregorian] { $month ->
            [1] يناير
            [2] فبراير
            [3] مارس
            [4] أبريل
            [5] مايو
            [6] يونيه
            [7] يوليه
            [8] أغسطس
            [9] سبتمبر
            [10] أكتوبر
            [11] نوفمبر
           *[12] ديسمبر
        }
    }
day-of-month = { $day }
date = { day-of-month } { month-name } { $year }
short-date = { day-of-month } { month-short }
month-of-year = { month-name } { $year }
weekday =
    { $weekday ->
        [1] الاثنين
        [2] الثلاثاء
        [3] الأربعاء
        [4] الخميس
        [5] الجمعة
        [6] السبت
       *[7] الأحد
    }
weekday-short =
    { $weekday ->
        [1] الاثنين
        [2] الثلاثاء
        [3] الأربعاء
        [4] الخميس
        [5] الجمعة
        [6] السبت
       *[7] الأحد
    }
moment = { $date }، الساعة { $time }

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
        [few] سُجِّلت { $n } انتهاكات
        [many] سُجِّل { $n } انتهاكًا
       *[other] سُجِّل { $n } انتهاك
    }
lead-none-known = لا يُعرف أي انتهاك
incident-count =
    { $n ->
        [0] لا انتهاكات
        [one] انتهاك واحد
        [two] انتهاكان
        [few] { $n } انتهاكات
        [many] { $n } انتهاكًا
       *[other] { $n } انتهاك
    }
lead-open = { $events }، و{ $open }
not-dated =
    { $n ->
        [one] تعذّر تحديد تاريخ حادث واحد
        [two] تعذّر تحديد تاريخ حادثين
        [few] تعذّر تحديد تاريخ { $n } حوادث
        [many] تعذّر تحديد تاريخ { $n } حادثًا
       *[other] تعذّر تحديد تاريخ { $n } حادث
    }
doubtful-dates =
    { $n ->
        [one] قد يكون حادث واحد من هذه الفترة أو من غيرها
        [two] قد يكون حادثان من هذه الفترة أو من غيرها
        [few] قد تكون { $n } حوادث من هذه الفترة أو من غيرها
        [many] قد يكون { $n } حادثًا من هذه الفترة أو من غيرها
       *[other] قد يكون { $n } حادث من هذه الفترة أو من غيرها
    }
lead-watch = { $events }؛ { $watch }
pair = { $first }، و{ $second }
both = { $first } و{ $second }
people-killed =
    { $n ->
        [one] قُتل شخص واحد
        [two] قُتل شخصان
        [few] قُتل { $n } أشخاص
        [many] قُتل { $n } شخصًا
       *[other] قُتل { $n } شخص
    }
people-wounded =
    { $n ->
        [one] أُصيب شخص واحد بجروح
        [two] أُصيب شخصان بجروح
        [few] أُصيب { $n } أشخاص بجروح
        [many] أُصيب { $n } شخصًا بجروح
       *[other] أُصيب { $n } شخص بجروح
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
        [few] { $n } مراكز مراقبة
        [many] { $n } مركز مراقبة
       *[other] { $n } مركز مراقبة
    }
routes =
    { $n ->
        [0] لا مسارات
        [one] مسار واحد
        [two] مسارين
        [few] { $n } مسارات
        [many] { $n } مسارًا
       *[other] { $n } مسار
    }
corridors =
    { $n ->
        [0] لا ممرات
        [one] ممر واحد
        [two] ممرين
        [few] { $n } ممرات
        [many] { $n } ممرًا
       *[other] { $n } ممر
    }

rejected-lead =
    { $n ->
        [one] تعذّرت قراءة حادث واحد فلم يُحتسب، السطر { $row }: { $reason }.
        [two] تعذّرت قراءة حادثين فلم يُحتسبا، أولهما في السطر { $row }: { $reason }.
        [few] تعذّرت قراءة { $n } حوادث فلم تُحتسب، أولها في السطر { $row }: { $reason }.
        [many] تعذّرت قراءة { $n } حادثًا فلم تُحتسب، أولها في السطر { $row }: { $reason }.
       *[other] تعذّرت قراءة { $n } حادث فلم تُحتسب، أولها في السطر { $row }: { $reason }.
    }
first-unreadable = أول وقت تعذّرت قراءته هو «{ $text }» (السطر { $row }).
region-unknown =
    { $n ->
        [one] منطقة حادث واحد مجهولة، فيُحتسب بلا موقع.
        [two] منطقتا حادثين مجهولتان، فيُحتسبان بلا موقع.
        [few] مناطق { $n } حوادث مجهولة، فتُحتسب بلا موقع.
        [many] مناطق { $n } حادثًا مجهولة، فتُحتسب بلا موقع.
       *[other] مناطق { $n } حادث مجهولة، فتُحتسب بلا موقع.
    }
uncertain-count =
    { $n ->
        [one] واحد موقعه غير مؤكد
        [two] اثنان موقعهما غير مؤكد
       *[other] { $n } مواقعها غير مؤكدة
    }
not-located-count =
    { $n ->
        [one] واحد بلا موقع
        [two] اثنان بلا موقع
       *[other] { $n } بلا موقع
    }
certainty = ومنها { $counts }.
nothing-left-out = لم يُترك شيء خارج الحساب.
all-exact = جميع المواقع دقيقة، ولم يُترك شيء خارج الحساب.

map-alternative = خريطة المراكز والمسارات والممرات: { $incidents }

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
        [few] { $n } حوادث لا تذكر عدد القتلى.
        [many] { $n } حادثًا لا تذكر عدد القتلى.
       *[other] { $n } حادث لا تذكر عدد القتلى.
    }
wounded-untold =
    { $n ->
        [one] حادث واحد لا يذكر عدد الجرحى.
        [two] حادثان لا يذكران عدد الجرحى.
        [few] { $n } حوادث لا تذكر عدد الجرحى.
        [many] { $n } حادثًا لا تذكر عدد الجرحى.
       *[other] { $n } حادث لا تذكر عدد الجرحى.
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
       *[other] الوسيط والأرباع من { $asked } فترة سابقة، تضم البيانات { $n } منها.
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
        [few] لا يُعرف أي حادث في { $n } ممرات: { $list }.
        [many] لا يُعرف أي حادث في { $n } ممرًا: { $list }.
       *[other] لا يُعرف أي حادث في { $n } ممر: { $list }.
    }
none-routes =
    { $n ->
        [one] مسار واحد ليس الأقرب إلى أي حادث معروف: { $list }.
        [two] مساران ليسا الأقرب إلى أي حادث معروف: { $list }.
        [few] { $n } مسارات ليست الأقرب إلى أي حادث معروف: { $list }.
        [many] { $n } مسارًا ليست الأقرب إلى أي حادث معروف: { $list }.
       *[other] { $n } مسار ليست الأقرب إلى أي حادث معروف: { $list }.
    }
none-posts =
    { $n ->
        [one] مركز واحد ليس الأقرب إلى أي حادث معروف: { $list }.
        [two] مركزان ليسا الأقرب إلى أي حادث معروف: { $list }.
        [few] { $n } مراكز ليست الأقرب إلى أي حادث معروف: { $list }.
        [many] { $n } مركزًا ليست الأقرب إلى أي حادث معروف: { $list }.
       *[other] { $n } مركز ليست الأقرب إلى أي حادث معروف: { $list }.
    }

along-routes = على امتداد المسارات
along-routes-lead = الحوادث التي يكون المسار أقربها: ما فوق الخط إلى يسار المسار، وما تحته إلى يمينه. المثلثات مراكز على أقل من ٥ كم.
strips-more =
    { $n ->
        [one] لمسار آخر حوادث.
        [two] لمسارين آخرين حوادث.
        [few] لـ{ $n } مسارات أخرى حوادث.
        [many] لـ{ $n } مسارًا آخر حوادث.
       *[other] لـ{ $n } مسار آخر حوادث.
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
        [few] { $n } حوادث سابقة للفترة لا تزال مفتوحة: { $ids }.
        [many] { $n } حادثًا سابقًا للفترة لا تزال مفتوحة: { $ids }.
       *[other] { $n } حادث سابق للفترة لا تزال مفتوحة: { $ids }.
    }

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
        [few] { $n } حوادث تبعد أكثر من { $km } كم عن جميع المراكز:
        [many] { $n } حادثًا تبعد أكثر من { $km } كم عن جميع المراكز:
       *[other] { $n } حادث تبعد أكثر من { $km } كم عن جميع المراكز:
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
        [few] أُبلغ عن { $n } حوادث بوصفها مناطق. جميع المراكز والمسارات التي قد تكون الأقرب، مع حصة كل منها من المنطقة:
        [many] أُبلغ عن { $n } حادثًا بوصفها مناطق. جميع المراكز والمسارات التي قد تكون الأقرب، مع حصة كل منها من المنطقة:
       *[other] أُبلغ عن { $n } حادث بوصفها مناطق. جميع المراكز والمسارات التي قد تكون الأقرب، مع حصة كل منها من المنطقة:
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
share = { $n } ٪
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
       *[other] و{ $n } غيرها
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
       *[other] وتعذّرت قراءة { $n } غيرها.
    }
data-line =
    { $n ->
        [0] لم يُقرأ أي حادث.
        [one] قُرئ حادث واحد: { $in_period } في الفترة، و{ $before } قبلها، و{ $after } بعدها، و{ $without } بلا وقت صالح.
        [two] قُرئ حادثان: { $in_period } في الفترة، و{ $before } قبلها، و{ $after } بعدها، و{ $without } بلا وقت صالح.
        [few] قُرئت { $n } حوادث: { $in_period } في الفترة، و{ $before } قبلها، و{ $after } بعدها، و{ $without } بلا وقت صالح.
        [many] قُرئ { $n } حادثًا: { $in_period } في الفترة، و{ $before } قبلها، و{ $after } بعدها، و{ $without } بلا وقت صالح.
       *[other] قُرئ { $n } حادث: { $in_period } في الفترة، و{ $before } قبلها، و{ $after } بعدها، و{ $without } بلا وقت صالح.
    }
