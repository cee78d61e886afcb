# Сколько нас читают, неделя за неделей: картинка для редакторов и то же самое словами.
figures-picture = Картинкой по неделям
figures-picture-comes = Рисуем, сейчас пришлём.
statistics-title = <b>Читатели по неделям, с { $since }.</b> На картинке сверху вниз:
statistics-languages = <b>Языки</b>
statistics-language = { $language }: было { $first }, стало { $last }.
statistics-rhythms = <b>Ритм</b> (now — сразу, 24h — раз в день, 7d — раз в неделю; округляем вниз: 5, 10, 15…)
statistics-rhythm =
    { $rhythm ->
        [at_once] Сразу
        [daily] Раз в день
        [weekly] Раз в неделю
       *[other] { $rhythm }
    }: было { $first }, стало { $last }.
statistics-sent = <b>Доставлено за неделю</b>
statistics-left = <b>Отписались за неделю</b>
statistics-of-a-week = От { $least } до { $most }.
statistics-every-week = По { $number }.
statistics-few = Чисел меньше пяти мы не показываем ни на картинке, ни словами.
statistics-none-yet = Пока рисовать нечего: читателей мы считаем по понедельникам, и только когда их хотя бы пятеро.
