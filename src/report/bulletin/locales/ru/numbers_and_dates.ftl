# Numbers in words, lists and dates.

comma = ,{ " " }
semicolon = ;{ " " }
number-word = { $number }
more =
    { $n ->
        [one] ещё { $number } строка
        [few] ещё { $number } строки
       *[many] ещё { $number } строк
    }
names-and-more = { $names } и ещё { $number }

month-name =
    { $calendar ->
        [persian] { $month ->
            [1] фарвардина
            [2] ордибехешта
            [3] хордада
            [4] тира
            [5] мордада
            [6] шахривара
            [7] мехра
            [8] абана
            [9] азера
            [10] дея
            [11] бахмана
           *[12] эсфанда
        }
       *[gregorian] { $month ->
            [1] января
            [2] февраля
            [3] марта
            [4] апреля
            [5] мая
            [6] июня
            [7] июля
            [8] августа
            [9] сентября
            [10] октября
            [11] ноября
           *[12] декабря
        }
    }
month-short =
    { $calendar ->
        [persian] { month-name }
       *[gregorian] { $month ->
            [1] янв.
            [2] февр.
            [3] марта
            [4] апр.
            [5] мая
            [6] июня
            [7] июля
            [8] авг.
            [9] сент.
            [10] окт.
            [11] нояб.
           *[12] дек.
        }
    }
day-of-month = { $number }
date = { day-of-month } { month-name } { $year } года
short-date = { day-of-month } { month-short }
month-of-year =
    { $month ->
        [1] январь
        [2] февраль
        [3] март
        [4] апрель
        [5] май
        [6] июнь
        [7] июль
        [8] август
        [9] сентябрь
        [10] октябрь
        [11] ноябрь
       *[12] декабрь
    } { $year } года
weekday =
    { $weekday ->
        [1] понедельник
        [2] вторник
        [3] среда
        [4] четверг
        [5] пятница
        [6] суббота
       *[7] воскресенье
    }
weekday-short =
    { $weekday ->
        [1] Пн
        [2] Вт
        [3] Ср
        [4] Чт
        [5] Пт
        [6] Сб
       *[7] Вс
    }
moment = { $date }, { $time }
