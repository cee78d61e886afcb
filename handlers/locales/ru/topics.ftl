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
topic-of =
    { $topic ->
        [war] { topic-war }
        [home] { topic-home }
        [leaving] { topic-leaving }
        [prison] { topic-prison }
        [work] { topic-work }
        [family] { topic-family }
        [protest] { topic-protest }
        [help] { topic-help }
       *[other] { topic-other }
    }
