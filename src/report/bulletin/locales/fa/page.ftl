# The head, the sentences, the trend and the tables. `$n` decides on plurals, `$number` is it in digits, `$word` in a word up to ten.

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
       *[other] { $number } رویداد خوانده نشد و کنار گذاشته شد، نخست ردیف { $row }: { $reason }.
    }
first-unreadable = نخستین زمانی که خوانده نشد «{ $text }» است (ردیف { $row }).
region-unknown =
    { $n ->
        [one] محدودهٔ یک رویداد معلوم نیست؛ این رویداد بدون موقعیت شمرده می‌شود.
       *[other] محدودهٔ { $number } رویداد معلوم نیست؛ این رویدادها بدون موقعیت شمرده می‌شوند.
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
undated-apart = رویدادهایی که زمانشان معلوم نشد در پایین آمده‌اند و در هیچ جدولی شمرده نشده‌اند.
nothing-left-out = چیزی کنار گذاشته نشد.
all-exact = همهٔ موقعیت‌ها دقیق است و چیزی کنار گذاشته نشد.

map-alternative = نقشهٔ پست‌ها، مسیرها و کریدورها با { $incidents }
map-outside =
    { $n ->
        [one] یک رویداد بیرون از نقشه است.
       *[other] { $number } رویداد بیرون از نقشه است.
    }

figure = عنوان
incidents = رویدادها
undecided = نامعین
not-located = بدون موقعیت
killed = کشته
wounded = زخمی
killed-untold =
    { $n ->
        [one] در یک رویداد شمار کشته‌ها گفته نشده است.
       *[other] در { $number } رویداد شمار کشته‌ها گفته نشده است.
    }
wounded-untold =
    { $n ->
        [one] در یک رویداد شمار زخمی‌ها گفته نشده است.
       *[other] در { $number } رویداد شمار زخمی‌ها گفته نشده است.
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
       *[other] میانه و چارک‌ها از { $asked } دورهٔ پیش است که داده‌ها { $number } دوره از آن‌ها را دربر می‌گیرد.
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
       *[other] در { $number } کریدور رویدادی معلوم نیست: { $list }.
    }
none-routes =
    { $n ->
        [one] یک مسیر نزدیک‌ترین مسیرِ هیچ رویداد معلومی نیست: { $list }.
       *[other] { $number } مسیر نزدیک‌ترین مسیرِ هیچ رویداد معلومی نیستند: { $list }.
    }
none-posts =
    { $n ->
        [one] یک پست نزدیک‌ترین پستِ هیچ رویداد معلومی نیست: { $list }.
       *[other] { $number } پست نزدیک‌ترین پستِ هیچ رویداد معلومی نیستند: { $list }.
    }

along-routes = در طول مسیرها
along-routes-lead = رویدادهایی که نزدیک‌ترین مسیرشان این مسیر است: بالای خط در سمت چپ مسیر، زیر آن در سمت راست. مثلث‌ها پست‌های تا ۵ کیلومتری‌اند.
strips-more =
    { $n ->
        [one] یک مسیر دیگر هم رویداد دارد.
       *[other] { $number } مسیر دیگر هم رویداد دارند.
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
       *[other] { $number } رویداد از پیش از این دوره هنوز باز است: { $ids }.
    }
