# Numbers in words, lists and dates.

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
       *[other] { $number }
    }
more =
    { $n ->
        [one] یک مورد دیگر
       *[other] { $number } مورد دیگر
    }
names-and-more =
    { $n ->
        [one] { $names } و یکی دیگر
       *[other] { $names } و { $number } تای دیگر
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
day-of-month = { $number }
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
