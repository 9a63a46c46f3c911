# Numbers in words, lists and dates.

comma = ,{ " " }
semicolon = ;{ " " }
number-word =
    { $n ->
        [0] no
        [1] one
        [2] two
        [3] three
        [4] four
        [5] five
        [6] six
        [7] seven
        [8] eight
        [9] nine
        [10] ten
       *[other] { $number }
    }
more =
    { $n ->
        [one] one more
       *[other] { $number } more
    }
names-and-more =
    { $n ->
        [one] { $names } and one more
       *[other] { $names } and { $number } more
    }

month-name =
    { $calendar ->
        [persian] { $month ->
            [1] Farvardin
            [2] Ordibehesht
            [3] Khordad
            [4] Tir
            [5] Mordad
            [6] Shahrivar
            [7] Mehr
            [8] Aban
            [9] Azar
            [10] Dey
            [11] Bahman
           *[12] Esfand
        }
       *[gregorian] { $month ->
            [1] January
            [2] February
            [3] March
            [4] April
            [5] May
            [6] June
            [7] July
            [8] August
            [9] September
            [10] October
            [11] November
           *[12] December
        }
    }
month-short =
    { $calendar ->
        [persian] { month-name }
       *[gregorian] { $month ->
            [1] Jan
            [2] Feb
            [3] Mar
            [4] Apr
            [5] May
            [6] Jun
            [7] Jul
            [8] Aug
            [9] Sep
            [10] Oct
            [11] Nov
           *[12] Dec
        }
    }
day-of-month = { $number }
date = { day-of-month } { month-name } { $year }
short-date = { day-of-month } { month-short }
month-of-year = { month-name } { $year }
weekday =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
weekday-short =
    { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
moment = { $date }, { $time }
