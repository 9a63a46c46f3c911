# Слова исследования событий вместо слов о прекращении огня.

lead-incidents =
    { $n ->
        [0] в данных нет событий
        [1] в данных одно событие
        [one] в данных { $number } событие
        [few] в данных { $number } события
       *[many] в данных { $number } событий
    }
lead-none-known = о событиях не известно
incident-count =
    { $n ->
        [0] ни одного события
        [1] одно событие
        [one] { $number } событие
        [few] { $number } события
       *[many] { $number } событий
    }
uncertain-count =
    { $n ->
        [1] у одного место известно неточно
        [one] у { $number } место известно неточно
       *[many] у { $number } место известно неточно
    }
not-located-count =
    { $n ->
        [1] у одного координат нет
        [one] у { $number } координат нет
       *[many] у { $number } координат нет
    }
certainty = Из них { $counts }.
people-killed =
    { $n ->
        [1] один погибший
        [one] { $number } погибший
        [few] { $number } погибших
       *[many] { $number } погибших
    }
people-wounded =
    { $n ->
        [1] один пострадавший
        [one] { $number } пострадавший
        [few] { $number } пострадавших
       *[many] { $number } пострадавших
    }
people-none = погибших и пострадавших нет
people-untold = сведения о погибших и пострадавших не кодированы
killed = Погибло
wounded = Пострадало
status =
    { $status ->
        [new] новое
        [open] открыто
        [active] активно
        [ongoing] продолжается
        [pending] ожидает решения
        [settled] урегулировано
        [resolved] решено
        [closed] закрыто
        [done] завершено
       *[other] { $text }
    }
