# Wovon die Geschichten handeln.
topic-war = Krieg
topic-home = Leben in Russland
topic-leaving = Weggehen
topic-prison = Gericht und Gefängnis
topic-work = Arbeit und Studium
topic-family = Familie und Freunde
topic-protest = Protest
topic-help = Anderen helfen
topic-other = Anderes
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
