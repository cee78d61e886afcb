# Для редакторов: письма подписчикам.
letters-open = Письма подписчикам
menu-letters = Письма подписчикам
letters-are =
    { $count ->
        [0] Писем пока нет.
        [one] <b>{ $count } письмо подписчикам.</b>
        [few] <b>{ $count } письма подписчикам.</b>
       *[many] <b>{ $count } писем подписчикам.</b>
    }
letter-line =
    <b>{ $title }</b>
    { $state }
letters-new = Новое письмо
letters-templates = Шаблоны
letters-to-list = К письмам
letter-which-title = Как назовём письмо? Название увидят только редакторы.
letter-title-too-long =
    Название не должно быть длиннее { $most ->
        [one] { $most } знака
        [few] { $most } знаков
       *[many] { $most } знаков
    }. Придумайте, пожалуйста, короче.

# ── письмо ──
letter-title = <b>{ $title }</b>
letter-card = Письмо подписчикам <b>{ $title }</b>
letter-is-draft = Черновик, одобрений: { $approvals } из { $needed }
letter-is-scheduled = Одобрено, уйдёт { $day } в { $time } по UTC
letter-is-sent = Отправлено { $day }
letter-was-sent-by = Отправлено { $day }. Кто отправлял: { $name }.
letter-is-retracted = Отозвано { $day }
letter-was-scheduled-by = Кто выбрал время: { $name }.
letter-was-missed = Когда пришло время, сервис не работал, и письмо не ушло. Выберите другое время.
letter-edition =
    { $language }: { $characters ->
        [one] { $characters } знак
        [few] { $characters } знака
       *[many] { $characters } знаков
    }{ $buttons ->
        [0] {""}
        [one] , { $buttons } кнопка
        [few] , { $buttons } кнопки
       *[many] , { $buttons } кнопок
    }
letter-no-text = Текста пока нет.
letter-pictures =
    { $count ->
        [one] В письме { $count } картинка.
        [few] В письме { $count } картинки.
       *[many] В письме { $count } картинок.
    }
letter-has-template = Шаблон: { $name }.
letter-for = Кому: { $who }.
letter-for-nobody = никому, ни один язык не выбран
letter-for-topics = темы: { $topics }
platform-name =
    { $name ->
        [telegram] Telegram
        [matrix] Matrix
       *[local] эта страница
    }
rhythm-name =
    { $rhythm ->
        [at_once] сразу
        [daily] раз в день
       *[weekly] раз в неделю
    }
letter-text = Текст
letter-to-pictures = Картинки
letter-to-template = Шаблон
letter-to-readers = Кому отправить
letter-to-preview = Посмотреть
letter-to-test = Прислать мне
letter-to-send = Отправить
letter-stop = Остановить отправку
letter-correct = Исправить
letter-retract = Отозвать
letter-delete = Удалить письмо
letter-has-changed = Пока вы читали, письмо изменилось. Вот какое оно теперь:
letter-is-gone = Этого письма больше нет, или оно открывается в другом мессенджере.
letter-is-decided = Письмо уже не черновик: менять его нельзя.
letter-approved = Вы одобрили письмо. Нужен ещё один редактор.
letter-approved-second = Письмо одобрили двое: теперь его можно отправить.
letter-stopped = Отправка остановлена. Одобрения остались в силе.
letter-delete-sure = Удалить письмо насовсем, вместе с картинками?
letter-delete-yes = Удалить
letter-deleted = Письмо удалено.

# ── исправить ──
letter-correction-how = На каком языке исправляем? Читатели увидят исправление, когда его одобрят два редактора. Кнопки, картинки и приветствие останутся прежними.
letter-correction-waits = Исправление ждёт одобрений: { $approvals } из { $needed }
letter-correction-by-you = Вы уже одобрили это исправление.
letter-correction-last = Выше — новый текст. Если вы его одобрите, у подписчиков он начнёт меняться сразу.
letter-correction-approve = Одобрить исправление
letter-correction-approved = Вы одобрили исправление. Нужен ещё один редактор.
letter-correction-dropped = Исправление отменено. У подписчиков прежний текст.
letter-correction-is-late = Исправить это письмо уже нельзя.
letter-corrected = Исправление одобрили двое. Текст у подписчиков уже меняется.

# ── отозвать ──
letter-retract-sure = Отозвать письмо? Оно исчезнет из чатов подписчиков, вместе с продолжениями, которые они открыли; где удалить его уже нельзя, будет сказано, что оно отозвано. Кому письмо ещё не дошло, тот его не получит, а копии, которые кто-то успел сделать, останутся. Исправить его или разослать снова будет нельзя.
letter-retract-no = Не отзывать
letter-retract-by-you = Вы просите отозвать это письмо. Слово за вторым редактором.
letter-retract-by-another = Один редактор просит отозвать это письмо.
letter-retracted = Письмо отозвано: мы убираем его у подписчиков.

# ── текст ──
letter-which-language = На каком языке пишем?
letter-language = { $language }
letter-language-written = { $language } ✓
letter-edition-is = Так письмо сейчас читается; язык: { $language }.
letter-write-anew = Написать заново
letter-links = Кнопки со ссылками
letter-drop-edition = Убрать этот язык
letter-edition-dropped = На этом языке письмо не уйдёт.
letter-how = Пришлите текст письма, одним сообщением или несколькими; язык: { $language }.
letter-how-anew = Выше — нынешний текст. Пришлите новый целиком, одним сообщением или несколькими; язык: { $language }.
letter-marks =
    { $platform ->
        [local] Выделить можно значками: **жирно**, __курсив__, [слова](https://адрес). Цитата начинается с «> ».
       *[other] Выделяйте слова и ставьте ссылки, как обычно в этом мессенджере.
    }
letter-so-far =
    В письме { $characters ->
        [one] { $characters } знак.
        [few] { $characters } знака.
       *[many] { $characters } знаков.
    } Продолжайте или сохраните.
letter-save = Сохранить текст
letter-saved = Текст сохранён.
letter-saved-anew = Текст сохранён. Одобрения прежнего текста больше не считаются.
letter-not-saved = Текст не сохранён.
letter-overtaken = Пока вы писали, коллега сохранил свой текст. Если сохраните ещё раз, ваш заменит его.
letter-too-long =
    Это сообщение не поместилось: в письме может быть до { $most ->
        [one] { $most } знака
        [few] { $most } знаков
       *[many] { $most } знаков
    }. Всё, что было до него, на месте.
letter-marks-open = Здесь значок открыт, а закрыть его забыли: «{ $near }». Чтобы звёздочка осталась звёздочкой, поставьте перед ней обратную косую черту.
letter-marks-link = Эта ссылка никуда не ведёт: «{ $near }». Адрес должен начинаться с https://.
letter-marks-nothing = Кроме значков, в тексте ничего нет. Напишите, пожалуйста, слова.
letter-link-line = { $label } — { $url }
letter-link-how = Пришлите слова и адрес одним сообщением, например «Прочесть на сайте https://example.org». Получится кнопка под письмом.
letter-link-drop = Убрать «{ $label }»
letter-link-is-none = Не вышло разобрать: нужны слова, пробел и адрес, который начинается с https://.
letter-link-too-long =
    На кнопке поместится до { $most ->
        [one] { $most } знака
        [few] { $most } знаков
       *[many] { $most } знаков
    }. Сократите, пожалуйста, слова.
letter-link-too-many =
    Под письмом может быть не больше { $most ->
        [one] { $most } кнопки
        [few] { $most } кнопок
       *[many] { $most } кнопок
    }. Уберите сначала другую.

# ── картинки ──
letter-pictures-how = Присылайте картинки; подпись станет описанием для тех, кто их не видит. Если текст короткий, первая встанет над ним.
letter-pictures-arriving =
    { $count ->
        [one] Готовится ещё { $count } картинка.
        [few] Готовятся ещё { $count } картинки.
       *[many] Готовится ещё { $count } картинок.
    }
letter-pictures-look = Показать
letter-pictures-undo = Убрать последнюю
letter-pictures-only = В письмо можно вложить только картинки.
letter-pictures-too-many =
    В письме может быть не больше { $most ->
        [one] { $most } картинки
        [few] { $most } картинок
       *[many] { $most } картинок
    }. Эту мы не взяли, прежние на месте.

# ── кому ──
letter-readers-how = Нажмите, чтобы включить или выключить.
letter-readers-pause = Тем, кто взял паузу, письмо не придёт.
letter-readers-topics = По темам
letter-which-topics = О чём письмо? Его получат те, кто выбрал хотя бы одну из этих тем, и те, кто читает обо всём.
letter-readers-on = { $name }: да
letter-readers-off = { $name }: нет
letter-readers-counting = Считаем читателей…
letter-readers-none = Таких читателей сейчас нет: отправлять некому.
letter-readers-few = Письмо получит меньше пяти человек.
letter-readers =
    Письмо { $count ->
        [one] получит { $count } человек.
        [few] получат { $count } человека.
       *[many] получат { $count } человек.
    }

# ── посмотреть, отправить ──
letter-preview-is = Выше — письмо, каким его увидят. Через час оно исчезнет из этого чата.
letter-preview = — { platform-name } · { $language } —
letter-preview-button = Это образец: кнопка заработает, когда письмо уйдёт.
letter-test-is = Выше — письмо, как его получит подписчик. Кнопки настоящие, «Отписаться» тоже.
letter-send-now = Отправить сейчас
letter-send-when = Отправьте сейчас или напишите день и час по UTC, например «{ $day } 18:30».
letter-goes-out = Письмо уходит подписчикам.
letter-time-is-set = Время выбрано: письмо уйдёт само.
letter-time-is-none = Не вышло разобрать время. Напишите день и час, например «25.11 18:30».
letter-time-is-past = Это время уже прошло. Ничего не отправлено: напишите другое.
letter-time-is-far =
    Так далеко не получится: самое позднее — через { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }.

# ── шаблоны ──
letter-template-which = Какие приветствие и подпись взять? Они перейдут в письмо такими, какие они сейчас.
letter-template-none = Шаблонов пока нет.
letter-template-without = Без шаблона
letter-template-taken = Приветствие и подпись теперь в письме.
templates-are =
    { $count ->
        [0] Шаблонов пока нет.
        [one] <b>{ $count } шаблон.</b>
        [few] <b>{ $count } шаблона.</b>
       *[many] <b>{ $count } шаблонов.</b>
    }
templates-what = В шаблоне — приветствие над письмом и подпись под ним, на каждом языке свои.
template-new = Новый шаблон
template-which-name = Как назовём шаблон? Название увидят только редакторы.
template-is = Шаблон <b>{ $name }</b>. Что в нём изменить?
template-greeting = { $language }: приветствие
template-footer = { $language }: подпись
template-drop = Удалить шаблон
template-dropped = Шаблон удалён. Письма, которые его уже взяли, не изменились.
template-is-gone = Этого шаблона больше нет.
template-how =
    Пришлите { $part ->
        [greeting] приветствие
       *[footer] подпись
    } одним сообщением; язык: { $language }. Вместо слов в скобках подставится:
template-variable =
    { $name } — { $variable ->
        [date] день отправки
        [stories] как открыть последние истории
       *[leave] как отписаться
    }
template-empty = Оставить пустым
template-saved = Сохранено. В новые письма попадёт уже это.
template-too-long =
    Здесь поместится до { $most ->
        [one] { $most } знака
        [few] { $most } знаков
       *[many] { $most } знаков
    }. Пришлите, пожалуйста, короче.
template-unknown = Переменной { $name } нет. Есть такие: { $known }. Ничего не изменено.
