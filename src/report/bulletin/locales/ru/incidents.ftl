# The incidents one by one, and what is said of the data.

places = Происшествия
corridor-heading = Коридор { $corridor }
no-corridor-heading = Вне коридоров
hour-untold = час не указан
nothing-near = ни один пост и ни один маршрут не действовал
incident-item = { $id }, { $time }: { $facts }.
described = { $item } «{ $text }»
on-route = { $route }, { $km } км
beside-left = { $distance } слева
beside-right = { $distance } справа
beside-on = на маршруте
from-post = { $distance } по азимуту { $bearing } от { $post }
at-post = у { $post }
metres = { $number } м
kilometres = { $number } км

far = Далеко от всех постов
far-lead =
    { $n ->
        [1] Одно происшествие далее { $km } км от всех постов:
        [one] { $number } происшествие далее { $km } км от всех постов:
        [few] { $number } происшествия далее { $km } км от всех постов:
       *[many] { $number } происшествий далее { $km } км от всех постов:
    }
far-item = { $id }: { $distance } от { $post }, ближайшего

odd-places = Координаты, требующие проверки
odd-item =
    { $why ->
        [far] { $id }: далеко от всех постов и маршрутов
        [exchanged] { $id }: вне района, а при перестановке долготы и широты — внутри него
       *[null-island] { $id }: в точке 0, 0
    }

uncertain-places = Неточные координаты
uncertain-lead =
    { $n ->
        [1] Об одном происшествии сообщено районом. Все посты и маршруты, которые могут быть ближайшими, с их долями района:
        [one] О { $number } происшествии сообщено районом. Все посты и маршруты, которые могут быть ближайшими, с их долями района:
       *[many] О { $number } происшествиях сообщено районами. Все посты и маршруты, которые могут быть ближайшими, с их долями района:
    }
region =
    { $form ->
        [circle] круг площадью { $area }
        [grid] квадрат сетки площадью { $area }
        [sector] сектор площадью { $area }
        [line] на линии
        [ray] вдоль пеленга
        [route] на участке маршрута
        [fix] засечка площадью { $area }
       *[other] район площадью { $area }
    }
square-metres = { $number } м²
square-kilometres = { $number } км²
from-to = от { $from } до { $to }
share = { $number } %
share-under-one = менее 1 %
share-over-ninety-nine = более 99 %
candidate-posts = ближайший пост: { $candidates }
candidate-routes = ближайший маршрут: { $candidates }
candidate-certain = достоверно { $id }, расстояние { $distance }
candidate = { $id } ({ $share }, расстояние { $distance })
doubt = сомнительно: { $text }
doubt-of-fix =
    { $why ->
        [crossing] линии пересекаются под слишком малым углом — { $first } градуса
        [contradiction] наблюдения противоречат друг другу, более всего наблюдение { $first }
        [two-places] так же подходит другое место: { $first } и { $second } (долгота, широта)
        [observer] засечка доходит до наблюдателя из наблюдения { $first }
       *[magnetic-pole] так близко к магнитному полюсу компасам верить нельзя
    }
doubt-of-class =
    { $class ->
        [where_prec-3] { $name }: известна единица административного деления второго уровня, принято в пределах { $km } км
        [where_prec-4] { $name }: известна единица административного деления первого уровня, принято в пределах { $km } км
        [where_prec-5] { $name }: известны линия или нечёткий многоугольник, принято в пределах { $km } км
        [where_prec-6] { $name }: известна страна, принято в пределах { $km } км
        [where_prec-7] { $name }: в международных водах или воздушном пространстве, принято в пределах { $km } км
        [geo_precision-3] { $name }: известен крупный регион, принято в пределах { $km } км
       *[other] { $name }, принято в пределах { $km } км
    }

left-apart = Без пригодных координат или времени
not-located-item = { $id }: место не определено, { $why }
not-located-other = { $id } (не учтено, нет пригодного времени): место не определено, { $why }
why-not-located =
    { $why ->
        [missing] нет геометрии
        [nothing-reported] о месте ничего не сообщено
        [no-position] долгота и широта не заполнены
        [no-longitude] долгота не заполнена
        [no-latitude] широта не заполнена
        [incomplete] { $lacking ->
            [observer_post] { $found } указано без поста, с которого велось наблюдение
            [chainage_m] { $found } указано без пикета на маршруте
           *[other] { $found } указано без координат
        }
        [line] это линия
        [polygon] это многоугольник
        [collection] это набор геометрий
        [behind] пеленги сходятся только позади наблюдателя из наблюдения { $found }
        [observer] наблюдения ведут к самому наблюдателю из наблюдения { $found }
        [apart] наблюдения нигде не сходятся в пределах 1000 км
        [parallel] пеленги параллельны или расходятся
        [crossing] линии пересекаются под углом всего { $found } градуса, и место остаётся неопределённым
        [open] засечка открыта на { $found } км
        [unknown-post] поста с идентификатором { $found } нет
        [unknown-route] маршрута с идентификатором { $found } нет
       *[gone] описание района утрачено
    }
without-time-item =
    { $why ->
        [missing] { $id }: время не указано
        [clocks] { $id }: «{ $text }» — время, которое из-за перевода часов было дважды или не было вовсе
        [date] { $id }: «{ $text }» — дата без часа, она может относиться к периоду или нет
        [calendar] { $id }: «{ $text }» — год вне 1900–2100, возможно, другого календаря
       *[unreadable] { $id }: «{ $text }» — не время
    }

rejected = Не удалось прочитать
rejected-item = строка { $row }: { $reason }
rejected-more = и ещё { $number }

service = В работе
service-line = В этот период наблюдение велось с { $posts }, патрулирование — по { $routes } в { $corridors }.
posts-not-in-service = Посты не в работе: { $ids }.
routes-not-in-service = Маршруты не в работе: { $ids }.

liaison = Связь и оповещение
liaison-item = { $id }: { $facts }.
tell = оповестить: { $people }
contact-with = { $name } ({ $more })
contact-of = { $contact }, за { $of }
of-post = пост { $key }
of-route = маршрут { $key }
of-corridor = коридор { $key }
settled-with = урегулировано, участвовали: { $people }

data = Данные
data-rejected =
    { $n ->
        [one] Ещё { $number } прочитать не удалось.
       *[many] Ещё { $number } прочитать не удалось.
    }
data-line =
    { $n ->
        [0] Не прочитано ни одного происшествия.
        [1] Прочитано одно происшествие: { $in_period } в этом периоде, { $before } до него, { $after } после него, { $without } без пригодного времени.
        [one] Прочитано { $number } происшествие: { $in_period } в этом периоде, { $before } до него, { $after } после него, { $without } без пригодного времени.
        [few] Прочитано { $number } происшествия: { $in_period } в этом периоде, { $before } до него, { $after } после него, { $without } без пригодного времени.
       *[many] Прочитано { $number } происшествий: { $in_period } в этом периоде, { $before } до него, { $after } после него, { $without } без пригодного времени.
    }
