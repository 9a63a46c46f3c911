# The incidents one by one, and what is said of the data.

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
       *[other] { $number } رویداد بیش از { $km } کیلومتر از همهٔ پست‌ها دورند:
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
       *[other] { $number } رویداد به‌صورت محدوده گزارش شده‌اند. همهٔ پست‌ها و مسیرهایی که شاید نزدیک‌ترین باشند، با سهم هر یک از محدوده:
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
share = { $number } درصد
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
       *[other] و { $number } مورد دیگر
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
       *[other] { $number } رویداد دیگر خوانده نشد.
    }
data-line =
    { $n ->
        [0] هیچ رویدادی خوانده نشد.
        [one] یک رویداد خوانده شد: { $in_period } در این دوره، { $before } پیش از آن، { $after } پس از آن، { $without } بدون زمان قابل استفاده.
       *[other] { $number } رویداد خوانده شد: { $in_period } در این دوره، { $before } پیش از آن، { $after } پس از آن، { $without } بدون زمان قابل استفاده.
    }
