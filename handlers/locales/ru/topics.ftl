# О чём истории.
topic-war = Война
topic-home = Жизнь в России
topic-leaving = Отъезд
topic-prison = Суд и тюрьма
topic-work = Работа и учёба
topic-family = Семья и близкие
topic-protest = Протест
topic-help = Помощь другим
topic-other = Другое
