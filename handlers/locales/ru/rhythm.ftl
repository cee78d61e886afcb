# Как часто и по какому времени приходят истории; список того, что вышло.
# Город, по которому идут часы: в родительном падеже. Новые города добавляются и сюда, и в cities.toml.
zone-of =
    { $zone ->
        [Europe_Kaliningrad] Калининграда
        [Europe_Moscow] Москвы
        [Europe_Samara] Самары
        [Europe_Saratov] Саратова
        [Asia_Yekaterinburg] Екатеринбурга
        [Asia_Omsk] Омска
        [Asia_Novosibirsk] Новосибирска
        [Asia_Krasnoyarsk] Красноярска
        [Asia_Irkutsk] Иркутска
        [Asia_Yakutsk] Якутска
        [Asia_Vladivostok] Владивостока
        [Asia_Magadan] Магадана
        [Asia_Kamchatka] Петропавловска-Камчатского
        [Europe_Kiev] Киева
        [Europe_Minsk] Минска
        [Europe_Chisinau] Кишинёва
        [Asia_Yerevan] Еревана
        [Asia_Bishkek] Бишкека
        [Asia_Tashkent] Ташкента
        [Asia_Ashgabat] Ашхабада
        [Asia_Ulaanbaatar] Улан-Батора
        [Europe_Vilnius] Вильнюса
        [Europe_Riga] Риги
        [Europe_Tallinn] Таллина
        [Europe_Stockholm] Стокгольма
        [Europe_Copenhagen] Копенгагена
        [Europe_Warsaw] Варшавы
        [Europe_Prague] Праги
        [Europe_Bratislava] Братиславы
        [Europe_Budapest] Будапешта
        [Europe_Vienna] Вены
        [Europe_Berlin] Берлина
        [Europe_Zurich] Цюриха
        [Europe_Amsterdam] Амстердама
        [Europe_Brussels] Брюсселя
        [Europe_Luxembourg] Люксембурга
        [Europe_Paris] Парижа
        [Europe_London] Лондона
        [Europe_Dublin] Дублина
        [Europe_Madrid] Мадрида
        [Europe_Lisbon] Лиссабона
        [Europe_Rome] Рима
        [Europe_Ljubljana] Любляны
        [Europe_Zagreb] Загреба
        [Europe_Belgrade] Белграда
        [Europe_Podgorica] Подгорицы
        [Europe_Sarajevo] Сараева
        [Europe_Tirane] Тираны
        [Europe_Sofia] Софии
        [Europe_Bucharest] Бухареста
        [Europe_Athens] Афин
        [Asia_Nicosia] Никосии
        [Europe_Istanbul] Стамбула
        [Atlantic_Reykjavik] Рейкьявика
        [Asia_Jerusalem] Иерусалима
        [Asia_Dubai] Дубая
        [Asia_Tehran] Тегерана
        [Africa_Cairo] Каира
        [Asia_Calcutta] Калькутты
        [Asia_Bangkok] Бангкока
        [Asia_Saigon] Хошимина
        [Asia_Jakarta] Джакарты
        [Asia_Makassar] Макасара
        [Asia_Shanghai] Шанхая
        [Asia_Hong_Kong] Гонконга
        [Asia_Singapore] Сингапура
        [Asia_Seoul] Сеула
        [Australia_Sydney] Сиднея
        [Australia_Melbourne] Мельбурна
        [Pacific_Auckland] Окленда
        [America_New_York] Нью-Йорка
        [America_Denver] Денвера
        [America_Los_Angeles] Лос-Анджелеса
        [America_Vancouver] Ванкувера
        [America_Buenos_Aires] Буэнос-Айреса
       *[other] { $city }
    }
hour-of =
    { $hour ->
        [0] в полночь
        [1] в час ночи
        [2] в 2 часа ночи
        [3] в 3 часа ночи
        [4] в 4 утра
        [5] в 5 утра
        [6] в 6 утра
        [7] в 7 утра
        [8] в 8 утра
        [9] в 9 утра
        [10] в 10 утра
        [11] в 11 утра
        [12] в полдень
        [13] в час дня
        [14] в 2 часа дня
        [15] в 3 часа дня
        [16] в 4 часа дня
        [17] в 5 вечера
        [18] в 6 вечера
        [19] в 7 вечера
        [20] в 8 вечера
        [21] в 9 вечера
        [22] в 10 вечера
       *[23] в 11 вечера
    }
weekday-of =
    { $weekday ->
        [0] по понедельникам
        [1] по вторникам
        [2] по средам
        [3] по четвергам
        [4] по пятницам
        [5] по субботам
       *[6] по воскресеньям
    }
reader-at-once = Истории приходят сразу после публикации.
reader-daily = Истории приходят раз в день одним списком, { hour-of } по времени { zone-of }.
reader-weekly = Истории приходят раз в неделю одним списком, { weekday-of } { hour-of } по времени { zone-of }.
reader-quiet = С { $begins }:00 до { $ends }:00 по времени { zone-of } — тихие часы: что выйдет в это время, придёт потом одним списком.
reader-leave-under = Отписаться можно прямо под любой историей и под любым списком.
reader-rhythm = Как часто присылать

rhythm-which = Как часто присылать истории? Раз в день или в неделю они приходят одним списком. Если ничего не вышло, не придёт ничего.
rhythm-at-once = Сразу, каждую отдельно
rhythm-daily = Раз в день
rhythm-weekly = Раз в неделю
rhythm-quiet = Тихие часы
rhythm-zone = Сменить часовой пояс
rhythm-waiting-comes = Теперь истории будут приходить сразу. Те, что уже отложены, скоро придут одним списком.
rhythm-which-weekday = В какой день недели?
rhythm-weekday =
    { $weekday ->
        [0] Понедельник
        [1] Вторник
        [2] Среда
        [3] Четверг
        [4] Пятница
        [5] Суббота
       *[6] Воскресенье
    }
rhythm-which-zone = По какому времени присылать? Напишите город, например «Тбилиси», или разницу с Гринвичем: «+4». Подойдёт любой город, где часы идут так же: сам город мы не храним, только часовой пояс.
rhythm-which-guess = Может быть, один из этих? Если нет, напишите другой город или разницу с Гринвичем, например «+4».
rhythm-unknown-zone = Такого города у нас в списке нет. Назовите другой, где часы идут так же, лучше большой: «Москва», «Берлин». Или разницу с Гринвичем: «+3».
rhythm-which-hour = В котором часу присылать список?
rhythm-clock = По времени { zone-of } сейчас { $time }. Если у вас на часах другое время, вернитесь назад и назовите другой город.
rhythm-hour = { $hour }:00
rhythm-quiet-begins = С какого часа не присылать истории?
rhythm-quiet-ends = Тихо с { $begins }:00. До какого часа?
rhythm-quiet-is-empty = Так тихих часов не выйдет: выберите для их конца другой час.
rhythm-no-quiet = Обойтись без тихих часов

digest-title = <b>Новые истории</b>
digest-more =
    { $stories ->
        [one] Ещё { $stories } история
        [few] Ещё { $stories } истории
       *[many] Ещё { $stories } историй
    }
digest-is-empty = Других новых историй пока нет.
