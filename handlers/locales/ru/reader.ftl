# Для подписчиков: подписка, темы, пауза, последние истории, язык разговора.
reader-offer = На каком языке присылать вам истории? Они приходят сразу после публикации. Отписаться можно прямо под любой из них.
reader-in-language = { $language }
reader-subscribed = Вы подписаны на истории.
reader-language = Язык: { $language }.
reader-all-topics = Темы: все.
reader-some-topics =
    { $count ->
        [one] Вы выбрали { $count } тему.
        [few] Вы выбрали { $count } темы.
       *[many] Вы выбрали { $count } тем.
    }
reader-none-yet = На этом языке историй пока нет.
reader-at-once = Истории приходят сразу после публикации. Отписаться можно прямо под любой из них.
reader-room = Эти истории выходят и в открытой комнате: { $link }. Но там участники видят друг друга. Сюда истории приходят только вам.
reader-paused = Пауза до { $day }: до тех пор ничего не придёт, потом истории пойдут снова.
reader-paused-until-return = Пауза, пока вы не вернётесь: откройте «Читать истории», и они пойдут снова.
reader-is-none = Сейчас вы ни на что не подписаны.
reader-left = Вы отписались. Как о читателе мы о вас больше ничего не храним.

reader-latest = Последние истории
reader-topics = Выбрать темы
reader-other-language = Сменить язык историй
reader-pause = Сделать паузу
reader-resume = Присылать снова
reader-kept = Что обо мне хранится
reader-menu = К подписке
reader-done = Готово

reader-which-topics = О чём присылать истории? Выберите тему, чтобы включить её или выключить.
reader-topic-on = { topic-of }: да
reader-topic-off = { topic-of }: нет
reader-every-topic = Все темы
reader-topic-is-last = Хотя бы одна тема должна остаться. Если не хотите получать ничего, сделайте паузу или отпишитесь.
reader-which-language = На каком языке присылать истории?
reader-which-pause = На сколько сделать паузу? Потом истории пойдут снова. Всё, что выйдет за это время, останется в «Последних историях».
reader-pause-week = На неделю
reader-pause-month = На месяц
reader-pause-return = Пока я не вернусь
reader-keeps = <b>Как о читателе мы храним о вас:</b> адрес этого чата, язык историй, темы, паузу и то, после какого выпуска вы подписались. Адрес, темы и пауза зашифрованы.
reader-keeps-not = Имени мы не храним и не отмечаем, что вы читали. Отпишетесь — и всё это исчезнет.
reader-keeps-nothing = Как о читателе мы о вас ничего не храним: вы не подписаны.

reader-confirm = Подписаться на истории?
reader-replaces = Прежний язык: { $language }. Он сменится.
reader-topic-is = Тема: { topic-of }.
reader-topic-adds = К вашим темам добавится ещё одна: { topic-of }.
reader-confirm-yes = Подписаться
reader-has-it = Такие истории вам уже присылают.

reader-latest-title = <b>Последние истории</b>
reader-latest-about = <b>Последние истории. Тема: { topic-of }</b>
reader-latest-none = Здесь пока ничего нет.
reader-line = { $number }. { $title } — { topic-of }, { $day }
reader-line-elsewhere = { $number }. { $title } — { topic-of }, { $day }. Пока без перевода; язык: { $language }
reader-open = { $title }
reader-older = Более ранние
reader-newer = Более новые
reader-by-topic = Искать по теме
reader-which-topic = О чём хотите почитать?
reader-any-topic = Обо всём
reader-to-list = К списку историй
reader-untranslated = Эта история ещё не переведена. Вот она так, как написана; язык: { $language }.
reader-story-is-gone = Этой истории здесь больше нет.
button-leave = Отписаться
button-read-on = Читать дальше

tongue-which = На каком языке нам с вами разговаривать?
tongue-is-kept = То, что вы написали, мы сохранили как черновик.
tongue-discard = Удалить черновик
tongue-told-in = Истории здесь рассказывают и готовят по-русски или по-английски. На каком языке продолжим?
menu-latest = Последние истории
menu-language = Сменить язык

page-by = Рассказывает { $name }
page-by-nobody = Автор просил не называть имени
channel-withdrawn = Эта история снята с публикации.
