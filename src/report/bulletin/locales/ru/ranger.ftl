# Слова парка или заповедника вместо слов о прекращении огня.

lead-incidents =
    { $n ->
        [0] происшествий не зафиксировано
        [1] зафиксировано одно происшествие
        [one] зафиксировано { $number } происшествие
        [few] зафиксировано { $number } происшествия
       *[many] зафиксировано { $number } происшествий
    }
lead-none-known = о происшествиях не известно
incident-count =
    { $n ->
        [0] ни одного происшествия
        [1] одно происшествие
        [one] { $number } происшествие
        [few] { $number } происшествия
       *[many] { $number } происшествий
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
people-untold = о погибших и пострадавших не сообщалось
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
