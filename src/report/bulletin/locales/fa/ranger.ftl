# واژه‌های پارک یا منطقهٔ حفاظت‌شده، به جای واژه‌های آتش‌بس.

lead-incidents =
    { $n ->
        [0] هیچ رویداد ثبت نشد
        [one] { $word } رویداد ثبت شد
       *[other] { $word } رویداد ثبت شد
    }
lead-none-known = هیچ رویدادی معلوم نیست
incident-count =
    { $n ->
        [0] هیچ رویداد
        [one] { $word } رویداد
       *[other] { $word } رویداد
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
        [one] { $word } کشته
       *[other] { $word } کشته
    }
people-wounded =
    { $n ->
        [one] { $word } زخمی
       *[other] { $word } زخمی
    }
people-none = بدون کشته یا زخمی
people-untold = آماری از کشته‌ها و زخمی‌ها گزارش نشد
killed = کشته
wounded = زخمی
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
