# واژه‌های پژوهش دربارهٔ رخدادها، به جای واژه‌های آتش‌بس.

lead-incidents =
    { $n ->
        [0] هیچ رخداد در داده‌ها نیست
        [one] { $word } رخداد در داده‌هاست
       *[other] { $word } رخداد در داده‌هاست
    }
lead-none-known = هیچ رخدادی معلوم نیست
incident-count =
    { $n ->
        [0] هیچ رخداد
        [one] { $word } رخداد
       *[other] { $word } رخداد
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
people-killed =
    { $n ->
        [one] { $word } مرگ گزارش‌شده
       *[other] { $word } مرگ گزارش‌شده
    }
people-wounded =
    { $n ->
        [one] { $word } مجروح گزارش‌شده
       *[other] { $word } مجروح گزارش‌شده
    }
people-none = مرگ یا جراحتی گزارش نشده است
people-untold = مرگ‌ها و جراحت‌ها کدگذاری نشده است
killed = مرگ‌ها
wounded = مجروحان
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
