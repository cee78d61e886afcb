# De quoi parlent les récits.
topic-war = Guerre
topic-home = Vivre en Russie
topic-leaving = Départ
topic-prison = Justice et prison
topic-work = Travail et études
topic-family = Famille et proches
topic-protest = Protestation
topic-help = Aider les autres
topic-other = Autre sujet
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
