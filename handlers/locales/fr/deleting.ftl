# Supprimer tout ce qui me concerne.
delete-sure = <b>Supprimer tout ce qui vous concerne ?</b> Nous détruisons cette conversation et tout ce que nous savons de votre compte.
delete-draft = Le brouillon que vous écrivez en ce moment disparaîtra aussi.
delete-stories =
    { $stories ->
        [one] Nous détruisons { $stories } récit que les lecteurs ne voient pas.
        [many] Nous détruisons { $stories } de récits que les lecteurs ne voient pas.
       *[other] Nous détruisons { $stories } récits que les lecteurs ne voient pas.
    }
delete-subscription = Votre abonnement prend fin, vous ne recevrez plus de récits.
delete-unlisted = Nous oublions aussi votre demande de ne pas être ajouté depuis d’autres listes.
delete-what-stays =
    { $published ->
        [0] Tout disparaîtra de nos sauvegardes sous sept jours.
        [one] { $published } de vos récits est publié : il reste, mais rien ne mènera plus de lui à vous. Tout le reste disparaîtra de nos sauvegardes sous sept jours.
        [many] { $published } de vos récits sont publiés : ils restent, mais rien ne mènera plus d’eux à vous. Tout le reste disparaîtra de nos sauvegardes sous sept jours.
       *[other] { $published } de vos récits sont publiés : ils restent, mais rien ne mènera plus d’eux à vous. Tout le reste disparaîtra de nos sauvegardes sous sept jours.
    }
delete-block-stays = Une seule marque reste : jusqu’au { $until }, la rédaction ne prend rien de nouveau de ce compte. Ensuite, elle disparaît aussi.
delete-or-go-on = Si vous avez changé d’avis, ne choisissez rien et continuez d’écrire : votre brouillon est toujours là.
delete-yes = Oui, tout supprimer
delete-no = Non, revenir
deleted =
    C’est fait : nous n’avons plus rien sur vous, et tout aura disparu de nos sauvegardes au plus tard le { $until }.{ $blocked ->
        [0] {""}
       *[other] {" "}Il ne reste que la marque dont nous avons parlé.
    }{ $published ->
        [0] {""}
       *[other] {" "}Ce qui est publié reste chez les lecteurs.
    }

    { $platform ->
        [matrix] Des copies chiffrées peuvent rester sur les serveurs Matrix, et des copies lisibles sur vos autres appareils. Elles sont hors de notre portée : supprimez-y aussi ce salon. Si vous voulez revenir, écrivez-nous simplement.
       *[other] Les copies chez Telegram et sur vos autres appareils sont hors de notre portée : supprimez-y aussi cette conversation. Si vous voulez revenir, écrivez /start
    }
