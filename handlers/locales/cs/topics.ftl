# O čem příběhy jsou.
topic-war = Válka
topic-home = Život v Rusku
topic-leaving = Odchod
topic-prison = Soud a vězení
topic-work = Práce a studium
topic-family = Rodina a blízcí
topic-protest = Protest
topic-help = Pomoc druhým
topic-other = Něco jiného
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
