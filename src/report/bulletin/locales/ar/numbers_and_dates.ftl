# Numbers in words, lists and dates.

comma = ،{ " " }
semicolon = ؛{ " " }
number-word = { $number }
more =
    { $n ->
        [one] بند آخر
        [two] بندان آخران
        [few] { $number } بنود أخرى
        [many] { $number } بندًا آخر
       *[other] { $number } بند آخر
    }
names-and-more =
    { $n ->
        [one] { $names } وواحد آخر
        [two] { $names } واثنان آخران
       *[other] { $names } و{ $number } غيرها
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
day-of-month = { $number }
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
