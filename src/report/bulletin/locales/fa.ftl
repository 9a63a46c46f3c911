# بولتن به فارسی. `$n` عدد است و `$word` همان عدد به حروف، تا ده.

comma = ،{ " " }
semicolon = ؛{ " " }
number-word =
    { $n ->
        [0] صفر
        [1] یک
        [2] دو
        [3] سه
        [4] چهار
        [5] پنج
        [6] شش
        [7] هفت
        [8] هشت
        [9] نه
        [10] ده
       *[other] { $n }
    }
more =
    { $n ->
        [one] یک مورد دیگر
       *[other] { $n } مورد دیگر
    }
names-and-more =
    { $n ->
        [one] { $names } و یکی دیگر
       *[other] { $names } و { $n } تای دیگر
    }

month-name =
    { $calendar ->
        [persian] { $month ->
            [1] فروردین
            [2] اردیبهشت
            [3] خرداد
            [4] تیر
            [5] مرداد
            [6] شهریور
            [7] مهر
            [8] آبان
            [9] آذر
            [10] دی
            [11] بهمن
           *[12] اسفند
        }
       *[gregorian] { $month ->
            [1] ژانویهٔ
            [2] فوریهٔ
            [3] مارس
            [4] آوریل
            [5] مه
            [6] ژوئن
            [7] ژوئیهٔ
            [8] اوت
            [9] سپتامبر
            [10] اکتبر
            [11] نوامبر
           *[12] دسامبر
        }
    }
month-short =
    { $calendar ->
        [persian] { month-name }
       *[gregorian] { $month ->
            [1] ژانویه
            [2] فوریه
            [3] مارس
            [4] آوریل
            [5] مه
            [6] ژوئن
            [7] ژوئیه
            [8] اوت
            [9] سپتامبر
            [10] اکتبر
            [11] نوامبر
           *[12] دسامبر
        }
    }
day-of-month = { $day }
date = { day-of-month } { month-name } { $year }
short-date = { day-of-month } { month-short }
month-of-year = { month-name } { $year }
weekday =
    { $weekday ->
        [1] دوشنبه
        [2] سه‌شنبه
        [3] چهارشنبه
        [4] پنجشنبه
        [5] جمعه
        [6] شنبه
       *[7] یکشنبه
    }
weekday-short =
    { $weekday ->
        [1] دوشنبه
        [2] سه‌شنبه
        [3] چهارشنبه
        [4] پنجشنبه
        [5] جمعه
        [6] شنبه
       *[7] یکشنبه
    }
moment = { $date }، ساعت { $time }

not-reviewed = این ترجمه را گویشور بومی بازبینی نکرده است ({ "\u2068" }translation not reviewed{ "\u2069" }).
head-unit = یگان
head-author = نویسنده
head-date-time-group = گروه تاریخ و زمان
head-period = دوره
head-from-to = از { $from } تا { $to } ({ $zone })

title-day = بولتن روز { $date }
title-period = بولتن از { $from } تا { $to }
title-month = بولتن { $month }
title-days = بولتن { $from } تا { $to }
title-to-date = { $title }، تا کنون
lead-day = در { $hours } ساعتِ روز { $date } (به وقت { $zone }) { $events }.
lead-period = از { $from } تا { $to } (به وقت { $zone }) { $events }.
lead-month = در { $month } (به وقت { $zone }) { $events }.
lead-days = از { $from } تا پایان { $to } (به وقت { $zone }) { $events }.
lead-incidents =
    { $n ->
        [0] هیچ مورد نقض آتش‌بس ثبت نشد
        [one] { $word } مورد نقض آتش‌بس ثبت شد
       *[other] { $word } مورد نقض آتش‌بس ثبت شد
    }
lead-none-known = هیچ مورد نقض آتش‌بس معلوم نیست
incident-count =
    { $n ->
        [0] هیچ مورد نقض آتش‌بس
        [one] { $word } مورد نقض آتش‌بس
       *[other] { $word } مورد نقض آتش‌بس
    }
lead-open = { $events } و { $open }
not-dated =
    { $n ->
        [one] زمان { $word } رویداد معلوم نشد
       *[other] زمان { $word } رویداد معلوم نشد
    }
doubtful-dates =
    { $n ->
        [one] { $word } رویداد شاید از این دوره باشد و شاید نباشد
       *[other] { $word } رویداد شاید از این دوره باشند و شاید نباشند
    }
lead-watch = { $events }؛ { $watch }
pair = { $first } و { $second }
both = { $first } و { $second }
people-killed =
    { $n ->
        [one] { $word } نفر کشته شد
       *[other] { $word } نفر کشته شدند
    }
people-wounded =
    { $n ->
        [one] { $word } نفر زخمی شد
       *[other] { $word } نفر زخمی شدند
    }
people-none = کسی کشته یا زخمی نشد
people-untold = آمار تلفات گزارش نشد
watched-from = منطقه از { $posts } زیر نظر بود
patrolled-on = در { $routes } در { $corridors } گشت‌زنی شد
posts =
    { $n ->
        [one] { $word } پست دیده‌بانی
       *[other] { $word } پست دیده‌بانی
    }
routes =
    { $n ->
        [one] { $word } مسیر
       *[other] { $word } مسیر
    }
corridors =
    { $n ->
        [one] { $word } کریدور
       *[other] { $word } کریدور
    }

rejected-lead =
    { $n ->
        [one] یک رویداد خوانده نشد و کنار گذاشته شد، ردیف { $row }: { $reason }.
       *[other] { $n } رویداد خوانده نشد و کنار گذاشته شد، نخست ردیف { $row }: { $reason }.
    }
first-unreadable = نخستین زمانی که خوانده نشد «{ $text }» است (ردیف { $row }).
region-unknown =
    { $n ->
        [one] محدودهٔ یک رویداد معلوم نیست؛ این رویداد بدون موقعیت شمرده می‌شود.
       *[other] محدودهٔ { $n } رویداد معلوم نیست؛ این رویدادها بدون موقعیت شمرده می‌شوند.
    }
uncertain-count =
    { $n ->
        [one] موقعیت { $word } مورد نامطمئن است
       *[other] موقعیت { $word } مورد نامطمئن است
    }
not-located-count =
    { $n ->
        [one] { $word } مورد موقعیت ندارد
       *[other] { $word } مورد موقعیت ندارند
    }
certainty = از این میان { $counts }.
nothing-left-out = چیزی کنار گذاشته نشد.
all-exact = همهٔ موقعیت‌ها دقیق است و چیزی کنار گذاشته نشد.

map-alternative = نقشهٔ پست‌ها، مسیرها و کریدورها با { $incidents }

figure = عنوان
incidents = رویدادها
undecided = نامعین
not-located = بدون موقعیت
killed = کشته
wounded = زخمی
killed-untold =
    { $n ->
        [one] در یک رویداد شمار کشته‌ها گفته نشده است.
       *[other] در { $n } رویداد شمار کشته‌ها گفته نشده است.
    }
wounded-untold =
    { $n ->
        [one] در یک رویداد شمار زخمی‌ها گفته نشده است.
       *[other] در { $n } رویداد شمار زخمی‌ها گفته نشده است.
    }

not-counted = شمرده نشد، چون شمار درستی از افراد نیست: { $items }.
not-counted-item =
    { $member ->
        [killed] کشته «{ $text }» در { $id }
       *[wounded] زخمی «{ $text }» در { $id }
    }

change = روند
change-last =
    { $kind ->
        [day] روز پیش: { $count }.
        [week] هفتهٔ پیش: { $count }.
        [month] ماه پیش: { $count }.
       *[between] دورهٔ پیش: { $count }.
    }
earlier-periods =
    { $kind ->
        [day] { $n ->
            [one] یک روز پیش
           *[other] { $count } روز پیش
        }
        [week] { $n ->
            [one] یک هفتهٔ پیش
           *[other] { $count } هفتهٔ پیش
        }
        [month] { $n ->
            [one] یک ماه پیش
           *[other] { $count } ماه پیش
        }
       *[between] { $n ->
            [one] یک دورهٔ پیش
           *[other] { $count } دورهٔ پیش
        }
    }
change-too-few = داده‌ها تنها { $earlier } را دربر می‌گیرد؛ برای آنکه بتوان گفت چه چیز معمول است کم است و دست‌کم { $least } لازم است.
change-usual =
    { $usual ->
        [more] میانهٔ { $earlier } { $median } بود و نیمهٔ میانی از { $lower } تا { $upper }. این به‌طور غیرمعمول زیاد است، بیش از هر یک از آن‌ها.
        [fewer] میانهٔ { $earlier } { $median } بود و نیمهٔ میانی از { $lower } تا { $upper }. این به‌طور غیرمعمول کم است، کمتر از هر یک از آن‌ها.
       *[usual] میانهٔ { $earlier } { $median } بود و نیمهٔ میانی از { $lower } تا { $upper }. این در حد معمول است.
    }
change-to-date =
    { $kind ->
        [day] روز تمام نشده است: از هر روز پیش همان ساعت‌ها شمرده شد.
        [week] هفته تمام نشده است: از هر هفتهٔ پیش همان روزها و ساعت‌ها شمرده شد.
       *[month] ماه تمام نشده است: از هر ماه پیش همان روزها و ساعت‌ها شمرده شد.
    }
poisson = اگر رویدادها از هم مستقل بودند، میانگینی از { $low } تا { $high } می‌توانست به‌تصادف همین نتیجه را بدهد: { $count } (بازهٔ دقیق پواسون، ۹۵ درصد). رویدادها خوشه‌ای رخ می‌دهند؛ پس نه این بازه، بلکه چارک‌ها تعیین می‌کنند چه چیز غیرمعمول است.
by-week = به تفکیک هفته
by-day = به تفکیک روز
day = روز
week-from = هفته از
week-part = { $week } (ناتمام)
numbers-by-week = اعداد به تفکیک هفته
numbers-by-day = اعداد به تفکیک روز
weeks-alternative = رویدادها به تفکیک هفته از { $first }: { $counts }
calendar-alternative = رویدادها به تفکیک روز؛ بیشترین در { $date }: { $count }
this-period = این دوره
period-before = دورهٔ پیش
difference = تغییر
median = میانه
lower-quartile = چارک پایین
upper-quartile = چارک بالا
periods-before =
    { $n ->
        [one] میانه و چارک‌ها از { $asked } دورهٔ پیش است که داده‌ها تنها یکی از آن‌ها را دربر می‌گیرد.
       *[other] میانه و چارک‌ها از { $asked } دورهٔ پیش است که داده‌ها { $n } دوره از آن‌ها را دربر می‌گیرد.
    }
no-periods-before = در داده‌ها دورهٔ پیشینی برای مقایسه وجود ندارد.

table-heading =
    { $table ->
        [corridor] به تفکیک کریدور
        [route] به تفکیک نزدیک‌ترین مسیر
        [post] به تفکیک نزدیک‌ترین پست
        [type] به تفکیک نوع
        [side] به تفکیک سمتِ نزدیک‌ترین مسیر
        [hour] به تفکیک ساعت روز
        [weekday] به تفکیک روز هفته
       *[status] به تفکیک وضعیت
    }
table-key =
    { $table ->
        [corridor] کریدور
        [route] مسیر
        [post] پست
        [type] نوع
        [side] سمت
        [hour] ساعت
        [weekday] روز
       *[status] وضعیت
    }
no-value =
    { $table ->
        [corridor] بیرون از کریدورها
        [route] بدون مسیر
        [post] بدون پست
        [type] بدون نوع
        [side] بدون مسیر
        [hour] بدون ساعت
        [weekday] بدون روز
       *[status] بدون وضعیت
    }
possible = ممکن
certain = قطعی
in-numbers = به عدد
bars-alternative =
    { $table ->
        [hour] رویدادها به تفکیک ساعت روز؛ بیشترین از ساعت { $key }: { $count }
       *[weekday] رویدادها به تفکیک روز هفته؛ بیشترین در { $key }: { $count }
    }
without-incident = بدون رویداد
none-corridors =
    { $n ->
        [one] در یک کریدور رویدادی معلوم نیست: { $list }.
       *[other] در { $n } کریدور رویدادی معلوم نیست: { $list }.
    }
none-routes =
    { $n ->
        [one] یک مسیر نزدیک‌ترین مسیرِ هیچ رویداد معلومی نیست: { $list }.
       *[other] { $n } مسیر نزدیک‌ترین مسیرِ هیچ رویداد معلومی نیستند: { $list }.
    }
none-posts =
    { $n ->
        [one] یک پست نزدیک‌ترین پستِ هیچ رویداد معلومی نیست: { $list }.
       *[other] { $n } پست نزدیک‌ترین پستِ هیچ رویداد معلومی نیستند: { $list }.
    }

along-routes = در طول مسیرها
along-routes-lead = رویدادهایی که نزدیک‌ترین مسیرشان این مسیر است: بالای خط در سمت چپ مسیر، زیر آن در سمت راست. مثلث‌ها پست‌های تا ۵ کیلومتری‌اند.
strips-more =
    { $n ->
        [one] یک مسیر دیگر هم رویداد دارد.
       *[other] { $n } مسیر دیگر هم رویداد دارند.
    }
strip-item = { $id } در کیلومتر { $km }، { $side }
strip-alternative = به طول { $length } کیلومتر؛ رویدادها: { $incidents }.
strip-gap = کیلومتر { $from } تا { $to }
strip-gaps = هیچ پستی { $gaps } را نمی‌بیند.
possible-lead = رویدادی که محدودهٔ آن چند پاسخ را باز می‌گذارد، برای هر یک به اندازهٔ سهم آن از محدوده ممکن شمرده می‌شود. کشته‌ها و زخمی‌های آن نامعین است.
named = { $id } ({ $name })
total = جمع
side =
    { $side ->
        [left] چپ
        [right] راست
       *[on] روی مسیر
    }
status =
    { $status ->
        [new] تازه
        [open] باز
        [active] فعال
        [ongoing] در جریان
        [pending] در انتظار
        [settled] حل‌وفصل‌شده
        [resolved] حل‌شده
        [closed] بسته
        [done] پایان‌یافته
       *[other] { $text }
    }
open = هنوز باز
open-before =
    { $n ->
        [one] یک رویداد از پیش از این دوره هنوز باز است: { $ids }.
       *[other] { $n } رویداد از پیش از این دوره هنوز باز است: { $ids }.
    }

places = رویدادها
corridor-heading = کریدور { $corridor }
no-corridor-heading = بیرون از کریدورها
hour-untold = ساعت گفته نشده
nothing-near = هیچ پست و مسیری فعال نبود
incident-item = { $id }، { $time }: { $facts }.
described = { $item } «{ $text }»
on-route = مسیر { $route }، کیلومتر { $km }
beside-left = { $distance } در سمت چپ
beside-right = { $distance } در سمت راست
beside-on = روی مسیر
from-post = در { $distance }یِ { $post } با گرای { $bearing } درجه
at-post = در محل { $post }
metres = { $number } متر
kilometres = { $number } کیلومتر

far = دور از همهٔ پست‌ها
far-lead =
    { $n ->
        [one] یک رویداد بیش از { $km } کیلومتر از همهٔ پست‌ها دور است:
       *[other] { $n } رویداد بیش از { $km } کیلومتر از همهٔ پست‌ها دورند:
    }
far-item = { $id }: { $distance } تا { $post }، نزدیک‌ترین پست

odd-places = موقعیت‌هایی که باید بررسی شود
odd-item =
    { $why ->
        [far] { $id }: دور از همهٔ پست‌ها و مسیرها
        [exchanged] { $id }: بیرون از منطقه، و با جابه‌جایی طول و عرض جغرافیایی درون آن
       *[null-island] { $id }: در طول و عرض جغرافیایی صفر
    }

uncertain-places = موقعیت‌های نامطمئن
uncertain-lead =
    { $n ->
        [one] یک رویداد به‌صورت محدوده گزارش شده است. همهٔ پست‌ها و مسیرهایی که شاید نزدیک‌ترین باشند، با سهم هر یک از محدوده:
       *[other] { $n } رویداد به‌صورت محدوده گزارش شده‌اند. همهٔ پست‌ها و مسیرهایی که شاید نزدیک‌ترین باشند، با سهم هر یک از محدوده:
    }
region =
    { $form ->
        [circle] دایره‌ای به مساحت { $area }
        [grid] خانه‌ای از شبکه به مساحت { $area }
        [sector] قطاعی به مساحت { $area }
        [line] روی یک خط
        [ray] در امتداد یک گرا
        [route] در طول بخشی از مسیر
        [fix] محل تلاقی گراها به مساحت { $area }
       *[other] محدوده‌ای به مساحت { $area }
    }
square-metres = { $number } متر مربع
square-kilometres = { $number } کیلومتر مربع
from-to = { $from } تا { $to }
share = { $n } درصد
share-under-one = کمتر از ۱ درصد
share-over-ninety-nine = بیش از ۹۹ درصد
candidate-posts = نزدیک‌ترین پست: { $candidates }
candidate-routes = نزدیک‌ترین مسیر: { $candidates }
candidate-certain = به‌یقین { $id }، در فاصلهٔ { $distance }
candidate = { $id } ({ $share }، در فاصلهٔ { $distance })
doubt = جای تردید: { $text }
doubt-of-fix =
    { $why ->
        [crossing] خط‌ها به‌سختی یکدیگر را قطع می‌کنند، با زاویهٔ { $first } درجه
        [contradiction] مشاهده‌ها با هم نمی‌خوانند، مشاهدهٔ { $first } بیش از همه
        [two-places] مکان دیگری هم به همین اندازه جور درمی‌آید: { $first }، { $second } (طول و عرض جغرافیایی)
        [observer] محدودهٔ محل تلاقی به دیده‌بانِ مشاهدهٔ { $first } می‌رسد
       *[magnetic-pole] در این نزدیکی به قطب مغناطیسی به قطب‌نما نمی‌توان اعتماد کرد
    }
doubt-of-class =
    { $class ->
        [where_prec-3] { $name }: تنها شهرستان آن معلوم است، تا { $km } کیلومتر
        [where_prec-4] { $name }: تنها استان آن معلوم است، تا { $km } کیلومتر
        [where_prec-5] { $name }: تنها خط یا پهنه‌ای نادقیق معلوم است، تا { $km } کیلومتر
        [where_prec-6] { $name }: تنها کشور آن معلوم است، تا { $km } کیلومتر
        [where_prec-7] { $name }: در آب‌ها یا حریم هوایی بین‌المللی، تا { $km } کیلومتر
        [geo_precision-3] { $name }: تنها منطقه‌ای بزرگ معلوم است، تا { $km } کیلومتر
       *[other] { $name }، تا { $km } کیلومتر
    }

left-apart = بدون موقعیت یا زمان قابل استفاده
not-located-item = { $id }: بدون موقعیت؛ { $why }
not-located-other = { $id } (شمرده نشده، بدون زمان قابل استفاده): بدون موقعیت؛ { $why }
why-not-located =
    { $why ->
        [missing] هندسه ندارد
        [nothing-reported] دربارهٔ مکان آن چیزی گزارش نشده است
        [no-position] طول و عرض جغرافیایی آن خالی است
        [no-longitude] طول جغرافیایی آن خالی است
        [no-latitude] عرض جغرافیایی آن خالی است
        [incomplete] { $lacking ->
            [observer_post] { $found } بدون پستی که از آن دیده شده آمده است
            [chainage_m] { $found } بدون کیلومتر مسیر آمده است
           *[other] { $found } بدون موقعیت آمده است
        }
        [line] هندسهٔ آن خط است
        [polygon] هندسهٔ آن چندضلعی است
        [collection] مجموعه‌ای از چند هندسه است
        [behind] گراهای آن تنها پشت سر دیده‌بانِ مشاهدهٔ { $found } به هم می‌رسند
        [observer] مشاهده‌های آن به خود دیده‌بانِ مشاهدهٔ { $found } می‌رسد
        [apart] مشاهده‌های آن تا ۱۰۰۰ کیلومتری در هیچ نقطه‌ای به هم نمی‌رسد
        [parallel] گراهای آن موازی‌اند یا از هم دور می‌شوند
        [crossing] خط‌های آن تنها با زاویهٔ { $found } درجه یکدیگر را قطع می‌کنند و مکان معین نمی‌شود
        [open] محل تلاقی گراهای آن تا { $found } کیلومتر نامعین است
        [unknown-post] پستی با شناسهٔ { $found } نیست
        [unknown-route] مسیری با شناسهٔ { $found } نیست
       *[gone] آنچه محدودهٔ آن را وصف می‌کرد از میان رفته است
    }
without-time-item =
    { $why ->
        [missing] { $id }: زمانی داده نشده است
        [clocks] { $id }: «{ $text }» زمانی است که با تغییر ساعت رسمی دو بار بوده یا هیچ‌گاه نبوده است
        [date] { $id }: «{ $text }» تاریخی بدون ساعت است که شاید در این دوره باشد و شاید نباشد
        [calendar] { $id }: «{ $text }» از سالی بیرون از ۱۹۰۰ تا ۲۱۰۰ است، شاید از تقویمی دیگر
       *[unreadable] { $id }: «{ $text }» زمان نیست
    }

rejected = خوانده‌نشده‌ها
rejected-item = ردیف { $row }: { $reason }
rejected-more =
    { $n ->
        [one] و یک مورد دیگر
       *[other] و { $n } مورد دیگر
    }

service = پست‌ها و مسیرهای فعال
service-line = در این دوره فعال بودند: { $posts }، { $routes }، { $corridors }.
posts-not-in-service = پست‌های غیرفعال: { $ids }.
routes-not-in-service = مسیرهای غیرفعال: { $ids }.

liaison = هماهنگی و اطلاع‌رسانی
liaison-item = { $id }: { $facts }.
tell = اطلاع به { $people }
contact-with = { $name } ({ $more })
contact-of = { $contact }، برای { $of }
of-post = پست { $key }
of-route = مسیر { $key }
of-corridor = کریدور { $key }
settled-with = حل‌وفصل با { $people }

data = داده‌ها
data-rejected =
    { $n ->
        [one] یک رویداد دیگر خوانده نشد.
       *[other] { $n } رویداد دیگر خوانده نشد.
    }
data-line =
    { $n ->
        [0] هیچ رویدادی خوانده نشد.
        [one] یک رویداد خوانده شد: { $in_period } در این دوره، { $before } پیش از آن، { $after } پس از آن، { $without } بدون زمان قابل استفاده.
       *[other] { $n } رویداد خوانده شد: { $in_period } در این دوره، { $before } پیش از آن، { $after } پس از آن، { $without } بدون زمان قابل استفاده.
    }
