# Quels comptes sont vraiment les nôtres.
menu-official = Ce bot est-il authentique ?
official-list =
    <b>{ $name } : nos vrais comptes</b>
    { $accounts }

    Ce qui n’est pas dans cette liste n’est pas nous, même si cela y ressemble beaucoup. Comparez le nom de ce bot avec la liste, lettre par lettre : une copie peut aussi montrer la liste.

    <b>Pour vérifier la liste elle-même.</b> Elle est signée avec notre clé :
    <code>{ $key }</code>
    Cherchez la même clé là où vous nous faisiez déjà confiance : sur notre site, sur papier, auprès de vos proches. Si elle est différente, n’écrivez pas ici.

    Signée le { DATETIME($signed, dateStyle: "long") }, valable jusqu’au { DATETIME($until, dateStyle: "long") }.
official-none =
    Nous n’avons pas de liste signée de nos comptes en ce moment. Si vous n’êtes pas sûr que ce bot soit authentique, n’écrivez pas encore ici : suivez le lien de notre site ou demandez à quelqu’un de confiance.
