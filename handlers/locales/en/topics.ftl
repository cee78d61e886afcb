# What stories are about.
topic-war = War
topic-home = Life in Russia
topic-leaving = Leaving
topic-prison = Courts and prison
topic-work = Work and study
topic-family = Family and friends
topic-protest = Protest
topic-help = Helping others
topic-other = Something else
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
