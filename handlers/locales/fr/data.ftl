# Tout ce qui est gardé sur une personne, en un fichier.
data-all = Recevoir tout cela en fichier
data-about = <b>Tout ce que nous gardons sur vous, en un seul fichier.</b> Vous y trouverez vos récits en entier, le brouillon, vos échanges avec la rédaction et votre abonnement.
data-warning =
    { $platform ->
        [matrix] Le fichier arrive ici chiffré, et nous le supprimons au bout d’une heure. Une copie téléchargée, c’est à vous de la supprimer : quiconque tient votre appareil peut la lire.
       *[other] Le fichier arrive ici, et nous le supprimons au bout d’une heure. D’ici là, ceux qui tiennent les serveurs de cette messagerie peuvent aussi le lire. Une copie téléchargée, c’est à vous de la supprimer : quiconque tient votre appareil peut la lire.
    }
data-or-go-on = Si vous n’avez pas besoin du fichier, ne choisissez rien et continuez d’écrire : votre brouillon est toujours là.
data-yes = Envoyer le fichier
data-no = Non, merci
data-begun = Nous préparons le fichier : il sera ici dans quelques secondes.
data-is-here = Voici tout ce que nous gardons. Dans une heure, le fichier disparaîtra d’ici ; une copie téléchargée est à supprimer par vous.

# ── dans le fichier ──
data-title = CE QUE TAMIZDAT GARDE SUR VOUS
data-made = Fichier établi le { DATETIME($day, dateStyle: "long") }
data-no-address = Ni votre nom, ni votre adresse, ni votre compte ne figurent dans ce fichier : en d’autres mains, il ne dira pas de lui-même à qui il est. Mais vos mots peuvent vous trahir.
data-chat = CETTE CONVERSATION
data-chat-keeps = Nous gardons les adresses de cette conversation et du compte, la langue dans laquelle nous parlons ({ $language }) et l’endroit où nous en sommes. Tout cela est chiffré.
data-chat-messages =
    { $messages ->
        [one] Nous retenons aussi le numéro de { $messages } message, pour le supprimer à temps.
        [many] Nous retenons aussi les numéros de { $messages } de messages, pour les supprimer à temps.
       *[other] Nous retenons aussi les numéros de { $messages } messages, pour les supprimer à temps.
    }
data-reader = ABONNEMENT
data-reader-topics = Sujets : { $topics }.
data-reader-waiting =
    { $stories ->
        [one] { $stories } récit attend votre prochaine liste.
        [many] { $stories } de récits attendent votre prochaine liste.
       *[other] { $stories } récits attendent votre prochaine liste.
    }
data-reader-since =
    { $stories ->
        [0] Aucun récit n’avait encore paru quand votre abonnement a commencé.
        [one] { $stories } récit avait paru quand votre abonnement a commencé.
        [many] { $stories } de récits avaient paru quand votre abonnement a commencé.
       *[other] { $stories } récits avaient paru quand votre abonnement a commencé.
    }
data-editor = Vous figurez dans la liste de la rédaction sous le nom « { $name } ».
data-second-factor = Nous y gardons aussi la clé qui sert à vérifier vos codes à usage unique. Elle est chiffrée.
data-elsewhere = Nos sauvegardes contiennent la même chose ; ce qui est supprimé en disparaît sous sept jours. Le journal de la rédaction dit ce qui a été fait d’un récit, mais pas de qui il est.
data-elsewhere-not-ours =
    { $platform ->
        [matrix] Des copies chiffrées de cette conversation peuvent se trouver sur les serveurs Matrix, des copies lisibles sur vos appareils.
       *[other] La messagerie et vos appareils ont aussi des copies de cette conversation. Elles sont hors de notre portée.
    }
