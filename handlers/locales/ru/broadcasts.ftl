# Для редакторов: как идёт рассылка, и что с ней можно сделать.
broadcast-of-story = <b>Рассылка: «{ $alias }»</b>
broadcast-of-letter = <b>Рассылка письма «{ $title }»</b>
broadcast-opens = Управлять рассылкой
broadcast-starts = Рассылка начинается: считаем читателей.
broadcast-bar = { $bar } { $percent } %
broadcast-paused = Рассылка на паузе.
broadcast-paused-failures = Рассылка остановилась сама: слишком много сообщений не доходит. Прежде чем продолжить, загляните в журнал сервера.
broadcast-paused-error = Рассылка остановилась сама: не удалось составить сообщение. Подробности — в журнале сервера.
broadcast-paused-restored = Рассылка пришла из резервной копии и ждёт вашего решения: часть читателей могла её уже получить.
broadcast-cancelled = Рассылка отменена.
broadcast-over = Рассылка прекращена: рассылать больше нечего.
broadcast-finished = Рассылка закончена.
broadcast-sent = Отправлено: { $sent } из { $total }.
broadcast-skipped = Другие темы, пауза или придёт позже списком: { $count }.
broadcast-blocked = Заблокировали бота: { $count }.
broadcast-failed = Не удалось отправить: { $count }.
broadcast-unknown = Неизвестно, дошло ли: { $count }.
broadcast-left = Отписались за это время: { $count }.
broadcast-rest = Пока не отправлено: { $count }.
broadcast-pace =
    { $pace } в секунду, осталось { $minutes ->
        [0] меньше минуты.
        [one] около { $minutes } минуты.
        [few] около { $minutes } минут.
       *[many] около { $minutes } минут.
    }
broadcast-again = Обновить
broadcast-pause = Приостановить
broadcast-resume = Продолжить
broadcast-cancel = Отменить рассылку
broadcast-cancel-sure = Отменить рассылку? У тех, кто уже получил сообщение, оно останется. Остальные его не получат, и продолжить эту рассылку будет нельзя.
broadcast-cancel-yes = Отменить рассылку
broadcast-cancel-no = Не отменять
broadcast-has-changed = Пока вы смотрели, рассылка изменилась.
broadcast-is-gone = Этой рассылки больше нет, или она не для вас.
