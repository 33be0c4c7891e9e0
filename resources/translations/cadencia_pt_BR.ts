<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Dispensar</translation>
    </message>
</context>
<context>
    <name>Campaign</name>
    <message>
        <source>not known before another campaign ends</source>
        <translation>sem previsão até que outra campanha termine</translation>
    </message>
    <message>
        <source>Did not start at its time</source>
        <translation>Não iniciou no horário</translation>
    </message>
    <message>
        <source>not known before somebody acts</source>
        <translation>só se sabe depois que alguém agir</translation>
    </message>
    <message>
        <source>not known before sending goes on</source>
        <translation>só se sabe quando o envio recomeçar</translation>
    </message>
    <message>
        <source>not known before the internet is back</source>
        <translation>só se sabe quando a internet voltar</translation>
    </message>
    <message>
        <source>Starts {when}</source>
        <translation>Começa {when}</translation>
    </message>
    <message>
        <source>Started {when}</source>
        <translation>Iniciada {when}</translation>
    </message>
    <message>
        <source>Finished {when}</source>
        <translation>Concluída {when}</translation>
    </message>
    <message>
        <source>Ended {when}</source>
        <translation>Encerrada {when}</translation>
    </message>
    <message>
        <source>Edited {when}</source>
        <translation>Editada {when}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>ainda não se sabe</translation>
    </message>
    <message>
        <source>Sending now.</source>
        <translation>Enviando agora.</translation>
    </message>
    <message>
        <source>{share} of sent</source>
        <translation>{share} das enviadas</translation>
    </message>
    <message>
        <source>{share} of all</source>
        <translation>{share} do total</translation>
    </message>
    <message>
        <source>{sent} sent · {failed} not sent</source>
        <translation>{sent} enviadas · {failed} não</translation>
    </message>
    <message>
        <source>{sent} sent</source>
        <translation>{sent} enviadas</translation>
    </message>
    <message>
        <source>{name}: {delivered} delivered, {read} read</source>
        <translation>{name}: {delivered} entregues, {read} lidas</translation>
    </message>
</context>
<context>
    <name>CampaignHead</name>
    <message>
        <source>Back to the campaigns</source>
        <translation>Voltar às campanhas</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Mais ações</translation>
    </message>
    <message>
        <source>Show in the log</source>
        <translation>Ver no registro</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplicar</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Por que não agora?</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Cancels the campaign before anything has left</source>
        <translation>Cancela a campanha antes que qualquer mensagem saia</translation>
    </message>
</context>
<context>
    <name>CampaignPage</name>
    <message>
        <source>Overview</source>
        <translation>Visão geral</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>Destinatários</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>Em dúvida</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>O que é mostrado</translation>
    </message>
    <message>
        <source>In doubt  {n}</source>
        <translation>Em dúvida  {n}</translation>
    </message>
    <message>
        <source>In doubt: {messages} may have left or not.</source>
        <translation>Em dúvida: {messages} sem confirmação de envio.</translation>
    </message>
    <message>
        <source>The gateway is asked again and again. You can also decide yourself.</source>
        <translation>O gateway continua sendo consultado. Você também pode decidir.</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Decidir</translation>
    </message>
    <message>
        <source>Whoever has received the message already will receive it a second time.</source>
        <translation>Quem já recebeu a mensagem vai recebê-la pela segunda vez.</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Enviar de novo</translation>
    </message>
    <message>
        <source>Keep in doubt</source>
        <translation>Manter em dúvida</translation>
    </message>
    <message>
        <source>A copy was made as a draft.</source>
        <translation>Uma cópia foi criada como rascunho.</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Prova</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Análise</translation>
    </message>
    <message>
        <source>The report of {recipients} was saved: {file}</source>
        <translation>O relatório de {recipients} foi salvo: {file}</translation>
    </message>
    <message>
        <source>Do {messages} count as sent?</source>
        <translation>Considerar {messages} como enviadas?</translation>
    </message>
    <message>
        <source>Whoever has not received it will not receive it any more. This cannot be taken back.</source>
        <translation>Quem não recebeu não vai mais receber. Não dá para desfazer.</translation>
    </message>
    <message>
        <source>They were sent</source>
        <translation>Foram enviadas</translation>
    </message>
    <message>
        <source>Send {messages} again?</source>
        <translation>Enviar {messages} de novo?</translation>
    </message>
</context>
<context>
    <name>Campaigns</name>
    <message>
        <source>Campaign</source>
        <translation>Campanha</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Situação</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progresso</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>Destinatários</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Enviadas</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Não enviadas</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>Em dúvida</translation>
    </message>
    <message>
        <source>Untitled campaign</source>
        <translation>Campanha sem nome</translation>
    </message>
</context>
<context>
    <name>CampaignsPage</name>
    <message>
        <source>No campaign yet</source>
        <translation>Nenhuma campanha ainda</translation>
    </message>
    <message>
        <source>A campaign takes your message to each contact, at a human pace, never twice to the same person.</source>
        <translation>Uma campanha leva sua mensagem a cada contato, em ritmo humano e nunca duas vezes à mesma pessoa.</translation>
    </message>
    <message>
        <source>New campaign</source>
        <translation>Nova campanha</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>Campanhas</translation>
    </message>
    <message>
        <source>Everything that was, is and will be sent</source>
        <translation>Tudo o que foi, está sendo e será enviado</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nada encontrado</translation>
    </message>
    <message>
        <source>No campaign fits this filter.</source>
        <translation>Nenhuma campanha corresponde a este filtro.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Ativas</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Rascunhos</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Encerradas</translation>
    </message>
    <message>
        <source>Which campaigns are shown</source>
        <translation>Quais campanhas são mostradas</translation>
    </message>
    <message>
        <source>Search campaigns</source>
        <translation>Buscar campanhas</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplicar</translation>
    </message>
    <message>
        <source>A copy was made as a draft.</source>
        <translation>Uma cópia foi criada como rascunho.</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Whom another run of this campaign has reached, or may still, is left out ({n}).</source>
        <translation>Quem outra tentativa desta campanha já alcançou, ou ainda pode alcançar, fica de fora ({n}).</translation>
    </message>
    <message>
        <source>Nobody is left: another run of this campaign has reached {people}, or may still.</source>
        <translation>Não sobra ninguém: outra tentativa desta campanha já chegou a {people}, ou ainda pode chegar.</translation>
    </message>
    <message>
        <source>Delete this draft, or choose other people.</source>
        <translation>Exclua este rascunho ou escolha outras pessoas.</translation>
    </message>
    <message>
        <source>The message still goes to {people}.</source>
        <translation>A mensagem ainda vai para {people}.</translation>
    </message>
    <message>
        <source>People who wrote to you within a day are left out ({n}).</source>
        <translation>Quem escreveu para você no último dia fica de fora ({n}).</translation>
    </message>
    <message>
        <source>Nobody is left: a conversation goes on with {people}, or they are not on WhatsApp.</source>
        <translation>Não sobra ninguém: com {people} há uma conversa em andamento, ou não estão no WhatsApp.</translation>
    </message>
    <message>
        <source>Choose other people, or wait a day.</source>
        <translation>Escolha outras pessoas ou espere um dia.</translation>
    </message>
    <message>
        <source>{limit} campaigns send already: {names}. This one waits in the queue, place {place}.</source>
        <translation>Já há {limit} campanhas enviando: {names}. Esta espera na fila, lugar {place}.</translation>
    </message>
    <message>
        <source>{limit} campaigns send already: {names}. This one waits in the queue, place {place}, behind: {ahead}.</source>
        <translation>Já há {limit} campanhas enviando: {names}. Esta espera na fila, lugar {place}, atrás de: {ahead}.</translation>
    </message>
    <message>
        <source>You can start now: the campaign waits until then and goes on by itself.</source>
        <translation>Você pode começar agora: a campanha espera até lá e continua sozinha.</translation>
    </message>
    <message>
        <source>When it ends is known once it has a place among the campaigns that send.</source>
        <translation>O fim só se sabe quando ela tiver lugar entre as campanhas que estão enviando.</translation>
    </message>
    <message>
        <source>They come back by themselves.</source>
        <translation>Eles voltam sozinhos.</translation>
    </message>
    <message>
        <source>They come back by themselves after a rest. Look at them in Instances before you start.</source>
        <translation>Eles voltam sozinhos depois de um descanso. Veja o que houve em Instâncias antes de começar.</translation>
    </message>
    <message>
        <source>They come back by themselves after a rest.</source>
        <translation>Eles voltam sozinhos depois de um descanso.</translation>
    </message>
    <message>
        <source>Raise it in Instances, or choose other numbers.</source>
        <translation>Aumente o limite em Instâncias ou escolha outros números.</translation>
    </message>
    <message>
        <source>Open Instances: connect or resume them.</source>
        <translation>Abra Instâncias para conectá-los ou retomá-los.</translation>
    </message>
    <message>
        <source>Nothing may leave on any day: the daily limit is zero for {names}.</source>
        <translation>Nada pode sair em dia nenhum: o limite diário é zero para {names}.</translation>
    </message>
    <message>
        <source>Not connected, or paused: {names}.</source>
        <translation>Não conectados ou em pausa: {names}.</translation>
    </message>
    <message>
        <source>None of the numbers is connected and free to send: {names}.</source>
        <translation>Nenhum dos números está conectado e livre para enviar: {names}.</translation>
    </message>
    <message>
        <source>Meta's limit pauses a campaign: started now, it pauses at once and waits for you to resume it. Better schedule it for after that moment.</source>
        <translation>O limite da Meta pausa a campanha: se começar agora, ela pausa na hora e espera que você a retome. Melhor agendar para depois desse momento.</translation>
    </message>
    <message>
        <source>Lower its priority if it should wait instead.</source>
        <translation>Diminua a prioridade se ela é que deve esperar.</translation>
    </message>
    <message>
        <source>It goes before “{name}”, which then waits until a place is free again.</source>
        <translation>Ela passa na frente de “{name}”, que então espera até haver lugar de novo.</translation>
    </message>
    <message>
        <source>It begins by itself when one of them ends. With a higher priority it comes before them.</source>
        <translation>Ela começa sozinha quando uma delas terminar. Com prioridade mais alta, passa na frente.</translation>
    </message>
    <message>
        <source>If it is resumed whenever the limit pauses it, it ends about {finish} (between {earliest} and {latest}).</source>
        <translation>Se for retomada cada vez que o limite a pausar, termina por volta de {finish} (entre {earliest} e {latest}).</translation>
    </message>
    <message>
        <source>Connected and ready: {numbers}. Resting because many messages failed: {names}.</source>
        <translation>Conectados e prontos: {numbers}. Em descanso porque muitas mensagens falharam: {names}.</translation>
    </message>
    <message>
        <source>Connected and ready: {numbers}. Not before {at}: {names}.</source>
        <translation>Conectados e prontos: {numbers}. Só depois de {at}: {names}.</translation>
    </message>
    <message>
        <source>All numbers rest for now ({names}). The first may send {at}.</source>
        <translation>Todos os números estão em descanso ({names}). O primeiro volta a enviar em {at}.</translation>
    </message>
    <message>
        <source>All numbers rest because many messages failed: {names}.</source>
        <translation>Todos os números estão em descanso porque muitas mensagens falharam: {names}.</translation>
    </message>
    <message>
        <source>All numbers have sent what they may today ({names}). The first may send {at}.</source>
        <translation>Todos os números já enviaram o que podem hoje ({names}). O primeiro volta a enviar em {at}.</translation>
    </message>
    <message>
        <source>Without an accepted text of their own: {people}.</source>
        <translation>Sem um texto próprio aceito: {people}.</translation>
    </message>
    <message>
        <source>Wait until they are there, or pause the writing, in Message.</source>
        <translation>Espere terminar ou pause a escrita em Mensagem.</translation>
    </message>
    <message>
        <source>Under a file a text is shorter. Shorten it in Message, or take the file away.</source>
        <translation>Junto de um arquivo o texto é mais curto. Encurte-o em Mensagem ou tire o arquivo.</translation>
    </message>
    <message>
        <source>The texts for each person are still being written.</source>
        <translation>Os textos individuais ainda estão sendo escritos.</translation>
    </message>
    <message>
        <source>Texts for one person each: {ready}. The ordinary message goes to {people}.</source>
        <translation>Textos individuais: {ready}. A mensagem comum vai para {people}.</translation>
    </message>
    <message>
        <source>Texts for one person each: {ready}. Left out, because they have none: {people}.</source>
        <translation>Textos individuais: {ready}. Ficam de fora, por não ter texto: {people}.</translation>
    </message>
    <message>
        <source>Texts by AI that nobody has read: {unread}.</source>
        <translation>Textos da IA que ninguém leu: {unread}.</translation>
    </message>
    <message>
        <source>Say in Message whether they get the ordinary message or are left out, or write their texts.</source>
        <translation>Diga em Mensagem se elas recebem a mensagem comum ou ficam de fora, ou gere os textos delas.</translation>
    </message>
    <message>
        <source>Everybody has a text of their own, read and accepted.</source>
        <translation>Cada pessoa tem o seu texto, lido e aceito.</translation>
    </message>
    <message>
        <source>Discard the texts, or choose a message without a template.</source>
        <translation>Descarte os textos ou escolha uma mensagem sem modelo.</translation>
    </message>
    <message>
        <source>As you chose in Message, A text for each person.</source>
        <translation>Como você escolheu em Mensagem, Um texto por pessoa.</translation>
    </message>
    <message>
        <source>Accept or refuse them in Message, A text for each person.</source>
        <translation>Aceite ou recuse cada um em Mensagem, Um texto por pessoa.</translation>
    </message>
    <message>
        <source>A text for one person is longer than the {limit} characters that may be sent.</source>
        <translation>O texto de uma pessoa passa dos {limit} caracteres que podem ser enviados.</translation>
    </message>
    <message>
        <source>A template of Meta cannot be replaced by a text for each person.</source>
        <translation>Um modelo da Meta não pode ser trocado por um texto para cada pessoa.</translation>
    </message>
    <message>
        <source>{names} belong to one company at Meta and share its limit of people a day.</source>
        <translation>{names} são da mesma empresa na Meta e dividem o limite de pessoas por dia dela.</translation>
    </message>
    <message>
        <source>Test their connection in Instances; the token may lack a permission.</source>
        <translation>Teste a conexão deles em Instâncias; pode faltar uma permissão ao token.</translation>
    </message>
    <message>
        <source>Sending through several of them reaches nobody more. That is no mistake.</source>
        <translation>Enviar por vários deles não alcança mais gente. Não é um erro.</translation>
    </message>
    <message>
        <source>Meta's limit of people in 24 hours suffices: {left} of {limit} are left.</source>
        <translation>O limite da Meta de pessoas em 24 horas é suficiente: restam {left} de {limit}.</translation>
    </message>
    <message>
        <source>Meta has not told how many people a day these numbers may write to: {names}.</source>
        <translation>A Meta não informou para quantas pessoas por dia estes números podem escrever: {names}.</translation>
    </message>
    <message>
        <source>Meta allows {limit} people in 24 hours, of which {left} are left: {n} people take {days} days.</source>
        <translation>A Meta permite {limit} pessoas em 24 horas, das quais restam {left}: {n} pessoas levam {days} dias.</translation>
    </message>
    <message>
        <source>It waits by itself and goes on. Numbers of another company, or a smaller audience, are faster.</source>
        <translation>O envio espera e continua sozinho. Números de outra empresa ou um público menor terminam antes.</translation>
    </message>
    <message>
        <source>The campaign may be started.</source>
        <translation>A campanha pode ser iniciada.</translation>
    </message>
    <message>
        <source>The message goes to {people}.</source>
        <translation>A mensagem vai para {people}.</translation>
    </message>
    <message>
        <source>Nobody is chosen yet.</source>
        <translation>Ninguém foi escolhido ainda.</translation>
    </message>
    <message>
        <source>Choose in Audience who receives the message.</source>
        <translation>Escolha em Público quem recebe a mensagem.</translation>
    </message>
    <message>
        <source>The chosen audience is empty.</source>
        <translation>O público escolhido está vazio.</translation>
    </message>
    <message>
        <source>Import contacts, or choose other tags. People who opted out do not count.</source>
        <translation>Importe contatos ou escolha outras etiquetas. Quem pediu para sair não conta.</translation>
    </message>
    <message>
        <source>People who opted out are left out ({n}).</source>
        <translation>Quem pediu para sair fica de fora ({n}).</translation>
    </message>
    <message>
        <source>People who opted out are not taken out beforehand ({n}).</source>
        <translation>Quem pediu para sair não é retirado antes ({n}).</translation>
    </message>
    <message>
        <source>They are skipped all the same; switch it on for a cleaner report.</source>
        <translation>Essas pessoas são ignoradas de qualquer forma; ative a opção para um relatório mais limpo.</translation>
    </message>
    <message>
        <source>Connected and ready: {numbers}.</source>
        <translation>Conectado e pronto: {numbers}.</translation>
    </message>
    <message>
        <source>No number is chosen to send with.</source>
        <translation>Nenhum número foi escolhido para enviar.</translation>
    </message>
    <message>
        <source>Choose at least one in Numbers and pace.</source>
        <translation>Escolha pelo menos um em Números e ritmo.</translation>
    </message>
    <message>
        <source>These numbers do not exist any more: {names}.</source>
        <translation>Estes números não existem mais: {names}.</translation>
    </message>
    <message>
        <source>Choose others in Numbers and pace.</source>
        <translation>Escolha outros em Números e ritmo.</translation>
    </message>
    <message>
        <source>The key is missing for: {names}.</source>
        <translation>Falta a chave de: {names}.</translation>
    </message>
    <message>
        <source>Remove them in Instances and add them again with their keys.</source>
        <translation>Remova-os em Instâncias e adicione-os de novo com as chaves.</translation>
    </message>
    <message>
        <source>The message is complete.</source>
        <translation>A mensagem está completa.</translation>
    </message>
    <message>
        <source>There is no message yet.</source>
        <translation>Ainda não há mensagem.</translation>
    </message>
    <message>
        <source>Write it in Message.</source>
        <translation>Escreva-a em Mensagem.</translation>
    </message>
    <message>
        <source>Message {number} is empty.</source>
        <translation>A mensagem {number} está vazia.</translation>
    </message>
    <message>
        <source>Write it, or remove it.</source>
        <translation>Escreva-a ou remova-a.</translation>
    </message>
    <message>
        <source>Message {number} has a mistake in its fields or variations.</source>
        <translation>A mensagem {number} tem um erro nos campos ou nas variações.</translation>
    </message>
    <message>
        <source>The place is marked in Message.</source>
        <translation>O lugar está marcado em Mensagem.</translation>
    </message>
    <message>
        <source>Message {number} is {n} characters too long.</source>
        <translation>A mensagem {number} passa {n} caracteres do limite.</translation>
    </message>
    <message>
        <source>Shorten it in Message.</source>
        <translation>Encurte-a em Mensagem.</translation>
    </message>
    <message>
        <source>All variations have the weight zero.</source>
        <translation>Todas as variações têm peso zero.</translation>
    </message>
    <message>
        <source>Give at least one of them a weight.</source>
        <translation>Dê peso a pelo menos uma delas.</translation>
    </message>
    <message>
        <source>Every field of the message has a value for everybody.</source>
        <translation>Cada campo da mensagem tem valor para todas as pessoas.</translation>
    </message>
    <message>
        <source>Some people lack a value: {fields}.</source>
        <translation>Falta um valor para algumas pessoas: {fields}.</translation>
    </message>
    <message>
        <source>Give the field a fallback, such as {{contact.name|"friend"}}.</source>
        <translation>Dê um valor reserva ao campo, como {{contact.name|"amigo"}}.</translation>
    </message>
    <message>
        <source>Attached files can be read.</source>
        <translation>Os anexos podem ser lidos.</translation>
    </message>
    <message>
        <source>A file cannot be read: {path}</source>
        <translation>Um arquivo não pode ser lido: {path}</translation>
    </message>
    <message>
        <source>Attach it again.</source>
        <translation>Anexe-o de novo.</translation>
    </message>
    <message>
        <source>With these limits it would never end.</source>
        <translation>Com estes limites ela nunca terminaria.</translation>
    </message>
    <message>
        <source>Raise the limits of the numbers, or the pace.</source>
        <translation>Aumente os limites dos números ou o ritmo.</translation>
    </message>
    <message>
        <source>It starts as soon as you press Start.</source>
        <translation>Começa assim que você clicar em Iniciar.</translation>
    </message>
    <message>
        <source>It starts by itself: {at}.</source>
        <translation>Começa sozinha: {at}.</translation>
    </message>
    <message>
        <source>The start time has passed: {at}.</source>
        <translation>O horário de início já passou: {at}.</translation>
    </message>
    <message>
        <source>Choose another time, or start it now.</source>
        <translation>Escolha outro horário ou inicie agora.</translation>
    </message>
    <message>
        <source>The data folder can be used: {folder}</source>
        <translation>A pasta de dados pode ser usada: {folder}</translation>
    </message>
    <message>
        <source>The database is sound, and every count agrees with its rows.</source>
        <translation>O banco de dados está íntegro e cada contagem confere com suas linhas.</translation>
    </message>
    <message>
        <source>The keys of the gateways are in the keyring of this computer.</source>
        <translation>As chaves dos gateways estão no chaveiro deste computador.</translation>
    </message>
    <message>
        <source>The keys of the gateways are in a file that is protected by your passphrase.</source>
        <translation>As chaves dos gateways estão em um arquivo protegido pela sua frase secreta.</translation>
    </message>
    <message>
        <source>The keys of the gateways are in a file that anybody with a copy of the data folder can open.</source>
        <translation>As chaves dos gateways estão em um arquivo que qualquer pessoa com uma cópia da pasta de dados pode abrir.</translation>
    </message>
    <message>
        <source>This computer has no keyring. Set CADENCIA_PASSPHRASE and add the numbers again to protect the file.</source>
        <translation>Este computador não tem chaveiro. Defina CADENCIA_PASSPHRASE e adicione os números de novo para proteger o arquivo.</translation>
    </message>
    <message>
        <source>The keys of the gateways are only in memory.</source>
        <translation>As chaves dos gateways estão só na memória.</translation>
    </message>
    <message>
        <source>Nothing sends from this data folder right now.</source>
        <translation>Nada está enviando a partir desta pasta de dados agora.</translation>
    </message>
    <message>
        <source>Messages are sent from this data folder by: {holder}</source>
        <translation>Quem envia a partir desta pasta de dados: {holder}</translation>
    </message>
    <message>
        <source>The clock agrees with what is recorded.</source>
        <translation>O relógio confere com o que está registrado.</translation>
    </message>
    <message>
        <source>{name}: connected.</source>
        <translation>{name}: conectado.</translation>
    </message>
    <message>
        <source>{name} cannot be used: its key is missing or cannot be read.</source>
        <translation>{name} não pode ser usado: a chave falta ou não pode ser lida.</translation>
    </message>
    <message>
        <source>Remove the number and add it again with its key.</source>
        <translation>Remova o número e adicione-o de novo com a chave.</translation>
    </message>
    <message>
        <source>Only a draft or a scheduled campaign can be started.</source>
        <translation>Só um rascunho ou uma campanha agendada pode ser iniciada.</translation>
    </message>
    <message>
        <source>Duplicate it to send it again.</source>
        <translation>Duplique-a para enviar de novo.</translation>
    </message>
    <message>
        <source>That is more than a week: more numbers or a faster pace shorten it.</source>
        <translation>É mais de uma semana: mais números ou um ritmo maior encurtam o prazo.</translation>
    </message>
    <message>
        <source>The disk of the data folder is nearly full: {free_mb} MB are left.</source>
        <translation>O disco da pasta de dados está quase cheio: restam {free_mb} MB.</translation>
    </message>
    <message>
        <source>Make room: what is sent has to be recorded.</source>
        <translation>Libere espaço: o que é enviado precisa ser registrado.</translation>
    </message>
    <message>
        <source>The database contradicts itself: {problems}</source>
        <translation>O banco de dados se contradiz: {problems}</translation>
    </message>
    <message>
        <source>Stop sending, keep a copy of the data folder, and report this.</source>
        <translation>Pare o envio, guarde uma cópia da pasta de dados e relate o problema.</translation>
    </message>
    <message>
        <source>The clock is {behind_s} seconds behind what is already recorded.</source>
        <translation>O relógio está {behind_s} segundos atrás do que já foi registrado.</translation>
    </message>
    <message>
        <source>Set the clock: limits would make you wait longer than needed.</source>
        <translation>Acerte o relógio: os limites fariam você esperar mais do que o necessário.</translation>
    </message>
    <message>
        <source>{name} cannot send now: {state}.</source>
        <translation>{name} não pode enviar agora: {state}.</translation>
    </message>
    <message>
        <source>Look at it in Instances, or run: instance check</source>
        <translation>Veja em Instâncias ou execute: instance check</translation>
    </message>
    <message>
        <source>Template {template} ({language}) is approved: {category}.</source>
        <translation>O modelo {template} ({language}) está aprovado: {category}.</translation>
    </message>
    <message>
        <source>Template {template} ({language}) is not known in an account of the numbers.</source>
        <translation>O modelo {template} ({language}) não existe em uma das contas dos números.</translation>
    </message>
    <message>
        <source>Read the list of templates again, or choose another one.</source>
        <translation>Atualize a lista de modelos ou escolha outro.</translation>
    </message>
    <message>
        <source>Template {template} cannot be sent: WhatsApp says {status}.</source>
        <translation>O modelo {template} não pode ser enviado: o WhatsApp diz {status}.</translation>
    </message>
    <message>
        <source>Wait for its approval and read the list again, or choose another one.</source>
        <translation>Espere a aprovação e atualize a lista, ou escolha outro.</translation>
    </message>
    <message>
        <source>Template {template} has a part that cannot be sent from here: {part}.</source>
        <translation>O modelo {template} tem uma parte que não pode ser enviada daqui: {part}.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Escolha outro.</translation>
    </message>
    <message>
        <source>Template {template} needs a file in its header: {kind}.</source>
        <translation>O modelo {template} precisa de um arquivo no cabeçalho: {kind}.</translation>
    </message>
    <message>
        <source>Attach it in Message.</source>
        <translation>Anexe-o em Mensagem.</translation>
    </message>
    <message>
        <source>Template {template} has no place for the attached file.</source>
        <translation>O modelo {template} não tem lugar para o arquivo anexado.</translation>
    </message>
    <message>
        <source>Remove it, or attach the kind that the template's header shows.</source>
        <translation>Remova-o ou anexe o tipo que o cabeçalho do modelo mostra.</translation>
    </message>
    <message>
        <source>Template {template} lacks values for: {names}.</source>
        <translation>Faltam valores no modelo {template} para: {names}.</translation>
    </message>
    <message>
        <source>Say in Message what goes there.</source>
        <translation>Diga em Mensagem o que vai ali.</translation>
    </message>
    <message>
        <source>Template {template} has no such placeholders: {names}.</source>
        <translation>O modelo {template} não tem estas variáveis: {names}.</translation>
    </message>
    <message>
        <source>Remove them: the template may have changed.</source>
        <translation>Remova-as: o modelo pode ter mudado.</translation>
    </message>
    <message>
        <source>Template {template} would be sent with nothing in: {names}.</source>
        <translation>O modelo {template} seria enviado sem nada em: {names}.</translation>
    </message>
    <message>
        <source>WhatsApp refuses empty values. Write something, or a field with a fallback.</source>
        <translation>O WhatsApp recusa valores vazios. Escreva algo, ou um campo com texto alternativo.</translation>
    </message>
    <message>
        <source>Template {template} has line breaks or tabs in: {names}.</source>
        <translation>O modelo {template} tem quebras de linha ou tabulações em: {names}.</translation>
    </message>
    <message>
        <source>WhatsApp takes single lines only. Remove them.</source>
        <translation>O WhatsApp só aceita uma linha. Remova-as.</translation>
    </message>
    <message>
        <source>Only numbers of Meta's Cloud API send templates, not: {names}.</source>
        <translation>Só números da Cloud API da Meta enviam modelos; estes não: {names}.</translation>
    </message>
    <message>
        <source>Choose other numbers in Numbers and pace, or write a text.</source>
        <translation>Escolha outros números em Números e ritmo, ou escreva um texto.</translation>
    </message>
    <message>
        <source>Free text through {names}, and not known to have written in the last 24 hours: {people}.</source>
        <translation>Texto livre por {names}, e sem mensagem conhecida nas últimas 24 horas: {people}.</translation>
    </message>
    <message>
        <source>WhatsApp refuses it there. Use an approved template.</source>
        <translation>O WhatsApp recusa nesse caso. Use um modelo aprovado.</translation>
    </message>
    <message>
        <source>marketing</source>
        <translation>marketing</translation>
    </message>
    <message>
        <source>utility</source>
        <translation>utilidade</translation>
    </message>
    <message>
        <source>authentication</source>
        <translation>autenticação</translation>
    </message>
    <message>
        <source>Everybody was found on WhatsApp in the last days.</source>
        <translation>Todos foram encontrados no WhatsApp nos últimos dias.</translation>
    </message>
    <message>
        <source>Not on WhatsApp: {absent}. Not checked in the last days: {unchecked}.</source>
        <translation>Sem WhatsApp: {absent}. Não verificados nos últimos dias: {unchecked}.</translation>
    </message>
    <message>
        <source>Check them before the start, in Contacts. Failures harm your numbers.</source>
        <translation>Verifique antes de iniciar, em Contatos. Falhas prejudicam seus números.</translation>
    </message>
    <message>
        <source>Message {number}: the file {name} is empty.</source>
        <translation>Mensagem {number}: o arquivo {name} está vazio.</translation>
    </message>
    <message>
        <source>Attach another one.</source>
        <translation>Anexe outro.</translation>
    </message>
    <message>
        <source>Message {number}: {name} is too large for {gateway}, which takes {limit_mb} MB.</source>
        <translation>Mensagem {number}: {name} é grande demais para {gateway}, que aceita {limit_mb} MB.</translation>
    </message>
    <message>
        <source>Attach a smaller one, or send it through other numbers.</source>
        <translation>Anexe um arquivo menor ou envie por outros números.</translation>
    </message>
    <message>
        <source>Message {number}: {gateway} does not take {name} ({detail}).</source>
        <translation>Mensagem {number}: {gateway} não aceita {name} ({detail}).</translation>
    </message>
    <message>
        <source>Attach it in another format, or as a document.</source>
        <translation>Anexe em outro formato ou como documento.</translation>
    </message>
    <message>
        <source>Message {number}: {gateway} does not play {name} (codec {detail}).</source>
        <translation>Mensagem {number}: {gateway} não reproduz {name} (codec {detail}).</translation>
    </message>
    <message>
        <source>Save it as MP4 with H.264 and AAC, or attach it as a document.</source>
        <translation>Salve como MP4 com H.264 e AAC ou anexe como documento.</translation>
    </message>
    <message>
        <source>Message {number}: {gateway} sends no text with a sound, it would be lost.</source>
        <translation>Mensagem {number}: {gateway} não envia texto junto com áudio, ele se perderia.</translation>
    </message>
    <message>
        <source>Remove the text, or attach the file as a document.</source>
        <translation>Remova o texto ou anexe o arquivo como documento.</translation>
    </message>
    <message>
        <source>Message {number}: some phones may not show {name} ({detail}).</source>
        <translation>Mensagem {number}: alguns celulares podem não mostrar {name} ({detail}).</translation>
    </message>
    <message>
        <source>Message {number}: some phones may not play {name} (codec {detail}).</source>
        <translation>Mensagem {number}: alguns celulares podem não reproduzir {name} (codec {detail}).</translation>
    </message>
    <message>
        <source>At this pace it ends about {finish} (between {earliest} and {latest}).</source>
        <translation>Neste ritmo termina por volta de {finish} (entre {earliest} e {latest}).</translation>
    </message>
    <message>
        <source>Numbers of Meta's Cloud API pause the campaign at a limit. A slower pace does not reach it.</source>
        <translation>Números da Cloud API da Meta pausam a campanha ao chegar a um limite. Com um ritmo mais lento, ele não é atingido.</translation>
    </message>
    <message>
        <source>It will pause at a limit of its numbers. Resumed at once each time, it ends about {finish} (between {earliest} and {latest}).</source>
        <translation>Ela vai pausar num limite dos números. Se for retomada logo a cada vez, termina por volta de {finish} (entre {earliest} e {latest}).</translation>
    </message>
</context>
<context>
    <name>DoubtPanel</name>
    <message>
        <source>The answer to these messages was lost. Cadência keeps asking the gateway. If you can see in the phone's WhatsApp what became of them, decide here: nothing is sent twice without you.</source>
        <translation>A resposta a estas mensagens se perdeu. O Cadência continua consultando o gateway. Se você consegue ver no WhatsApp do celular o que houve, decida aqui: nada é enviado duas vezes sem você.</translation>
    </message>
    <message>
        <source>It was sent</source>
        <translation>Foi enviada</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Enviar de novo</translation>
    </message>
    <message>
        <source>Close the detail</source>
        <translation>Fechar os detalhes</translation>
    </message>
    <message>
        <source>All {n} were sent</source>
        <translation>Todas as {n} foram enviadas</translation>
    </message>
    <message>
        <source>Send all {n} again</source>
        <translation>Reenviar todas as {n}</translation>
    </message>
    <message>
        <source>Search name or phone</source>
        <translation>Buscar nome ou telefone</translation>
    </message>
    <message>
        <source>Recipients in doubt</source>
        <translation>Destinatários em dúvida</translation>
    </message>
    <message>
        <source>Nobody here</source>
        <translation>Ninguém aqui</translation>
    </message>
    <message>
        <source>Nobody in doubt fits this search.</source>
        <translation>Ninguém em dúvida corresponde a esta busca.</translation>
    </message>
    <message>
        <source>{n} chosen</source>
        <translation>{n} selecionados</translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message>
        <source>The computer slept, or the program stood still, for {span}: it goes on</source>
        <translation>O computador dormiu, ou o programa ficou parado, por {span}: continua agora</translation>
    </message>
    <message>
        <source>somebody decided that it was sent</source>
        <translation>alguém decidiu que foi enviada</translation>
    </message>
    <message>
        <source>somebody decided that it is sent again</source>
        <translation>alguém decidiu enviá-la de novo</translation>
    </message>
    <message>
        <source>it had not left, and is not tried again</source>
        <translation>não saiu, e não se tenta de novo</translation>
    </message>
    <message>
        <source>{instance} at its gateway: {state}</source>
        <translation>{instance} no gateway: {state}</translation>
    </message>
    <message>
        <source>Meta judged the template {template} anew</source>
        <translation>A Meta reavaliou o modelo {template}</translation>
    </message>
    <message>
        <source>Meta judged the quality of {instance} anew</source>
        <translation>A Meta reavaliou a qualidade de {instance}</translation>
    </message>
    <message>
        <source>Meta changed the messaging limit of {instance}</source>
        <translation>A Meta mudou o limite de mensagens de {instance}</translation>
    </message>
    <message>
        <source>Texts for each person discarded</source>
        <translation>Textos individuais descartados</translation>
    </message>
    <message>
        <source>Sending fields of {people} to the AI at {url} was allowed</source>
        <translation>Foi autorizado enviar campos de {people} à IA em {url}</translation>
    </message>
    <message>
        <source>Contact data to AI allowed</source>
        <translation>Dados de contatos para IA autorizados</translation>
    </message>
    <message>
        <source>Campaign created</source>
        <translation>Campanha criada</translation>
    </message>
    <message>
        <source>Campaign started</source>
        <translation>Campanha iniciada</translation>
    </message>
    <message>
        <source>Campaign paused</source>
        <translation>Campanha pausada</translation>
    </message>
    <message>
        <source>Campaign resumed</source>
        <translation>Campanha retomada</translation>
    </message>
    <message>
        <source>Campaign completed</source>
        <translation>Campanha concluída</translation>
    </message>
    <message>
        <source>Campaign cancelled</source>
        <translation>Campanha cancelada</translation>
    </message>
    <message>
        <source>Number chosen</source>
        <translation>Número escolhido</translation>
    </message>
    <message>
        <source>Number paused</source>
        <translation>Número pausado</translation>
    </message>
    <message>
        <source>Number resumed</source>
        <translation>Número retomado</translation>
    </message>
    <message>
        <source>Message sent</source>
        <translation>Mensagem enviada</translation>
    </message>
    <message>
        <source>Message delivered</source>
        <translation>Mensagem entregue</translation>
    </message>
    <message>
        <source>Message read</source>
        <translation>Mensagem lida</translation>
    </message>
    <message>
        <source>Message not sent</source>
        <translation>Mensagem não enviada</translation>
    </message>
    <message>
        <source>Rotation changed</source>
        <translation>Rodízio alterado</translation>
    </message>
    <message>
        <source>Contact added</source>
        <translation>Contato adicionado</translation>
    </message>
    <message>
        <source>Contact removed</source>
        <translation>Contato removido</translation>
    </message>
    <message>
        <source>Limit reached</source>
        <translation>Limite atingido</translation>
    </message>
    <message>
        <source>Health problem</source>
        <translation>Problema de saúde</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erro</translation>
    </message>
    <message>
        <source>Campaign scheduled</source>
        <translation>Campanha agendada</translation>
    </message>
    <message>
        <source>Campaign edited</source>
        <translation>Campanha editada</translation>
    </message>
    <message>
        <source>Retry planned</source>
        <translation>Nova tentativa marcada</translation>
    </message>
    <message>
        <source>Message in doubt</source>
        <translation>Mensagem em dúvida</translation>
    </message>
    <message>
        <source>Doubt resolved</source>
        <translation>Dúvida resolvida</translation>
    </message>
    <message>
        <source>Recipient skipped</source>
        <translation>Destinatário ignorado</translation>
    </message>
    <message>
        <source>Reply received</source>
        <translation>Resposta recebida</translation>
    </message>
    <message>
        <source>Person opted out</source>
        <translation>Pessoa pediu para sair</translation>
    </message>
    <message>
        <source>Number set to rest</source>
        <translation>Número em descanso</translation>
    </message>
    <message>
        <source>Number back from rest</source>
        <translation>Número voltou do descanso</translation>
    </message>
    <message>
        <source>Went offline</source>
        <translation>Ficou sem internet</translation>
    </message>
    <message>
        <source>Back online</source>
        <translation>Internet de volta</translation>
    </message>
    <message>
        <source>Warm-up advanced</source>
        <translation>Aquecimento avançou</translation>
    </message>
    <message>
        <source>Campaign deleted</source>
        <translation>Campanha excluída</translation>
    </message>
    <message>
        <source>Campaign started for {total}</source>
        <translation>Campanha iniciada para {total}</translation>
    </message>
    <message>
        <source>Campaign completed: {left} sent, {failed} not sent</source>
        <translation>Campanha concluída: {left} enviadas, {failed} não enviadas</translation>
    </message>
    <message>
        <source>{instance} chosen for {contact}</source>
        <translation>{instance} escolhido para {contact}</translation>
    </message>
    <message>
        <source>{instance} paused</source>
        <translation>{instance} em pausa</translation>
    </message>
    <message>
        <source>{instance} goes on</source>
        <translation>{instance} voltou a enviar</translation>
    </message>
    <message>
        <source>Sent to {contact} by {instance}</source>
        <translation>Enviada para {contact} por {instance}</translation>
    </message>
    <message>
        <source>Delivered to {contact}</source>
        <translation>Entregue a {contact}</translation>
    </message>
    <message>
        <source>Read by {contact}</source>
        <translation>Lida por {contact}</translation>
    </message>
    <message>
        <source>Not sent to {contact}</source>
        <translation>Não enviada para {contact}</translation>
    </message>
    <message>
        <source>{contact} added</source>
        <translation>{contact} entrou</translation>
    </message>
    <message>
        <source>{contact} removed</source>
        <translation>{contact} saiu</translation>
    </message>
    <message>
        <source>{instance} reached its limit: {used} of {limit}</source>
        <translation>{instance} atingiu o limite: {used} de {limit}</translation>
    </message>
    <message>
        <source>Health of {instance} is low</source>
        <translation>A saúde de {instance} está baixa</translation>
    </message>
    <message>
        <source>Campaign scheduled for {at}</source>
        <translation>Campanha agendada para {at}</translation>
    </message>
    <message>
        <source>{contact} will be tried again</source>
        <translation>Nova tentativa marcada para {contact}</translation>
    </message>
    <message>
        <source>It is not certain whether the message to {contact} left</source>
        <translation>Não se sabe se a mensagem para {contact} saiu</translation>
    </message>
    <message>
        <source>Found out what became of the message to {contact}</source>
        <translation>Descoberto o que houve com a mensagem para {contact}</translation>
    </message>
    <message>
        <source>{contact} skipped</source>
        <translation>{contact} ficou de fora</translation>
    </message>
    <message>
        <source>{contact} replied</source>
        <translation>{contact} respondeu</translation>
    </message>
    <message>
        <source>{contact} opted out</source>
        <translation>{contact} pediu para sair</translation>
    </message>
    <message>
        <source>{instance} rests after {errors} errors in a row</source>
        <translation>{instance} descansa após {errors} erros seguidos</translation>
    </message>
    <message>
        <source>{instance} is back from its rest</source>
        <translation>{instance} voltou do descanso</translation>
    </message>
    <message>
        <source>it was sent</source>
        <translation>foi enviada</translation>
    </message>
    <message>
        <source>it never left and is sent again</source>
        <translation>não saiu e será enviada de novo</translation>
    </message>
    <message>
        <source>it cannot be proved yet</source>
        <translation>ainda não dá para provar</translation>
    </message>
    <message>
        <source>Old events removed</source>
        <translation>Eventos antigos removidos</translation>
    </message>
    <message>
        <source>{events} old events removed for good</source>
        <translation>{events} eventos antigos removidos de vez</translation>
    </message>
    <message>
        <source>The variations are weighed anew: {shares}</source>
        <translation>Os pesos das variações mudaram: {shares}</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Welcome to Cadência</source>
        <translation>Boas-vindas ao Cadência</translation>
    </message>
    <message>
        <source>WhatsApp campaigns at a human pace, from your own computer.
No message leaves twice, and nobody who opted out gets one.</source>
        <translation>Campanhas de WhatsApp em ritmo humano, no seu computador.
Nenhuma mensagem sai duas vezes, e quem pediu para sair não recebe.</translation>
    </message>
    <message>
        <source>See it work in one click</source>
        <translation>Veja funcionando em um clique</translation>
    </message>
    <message>
        <source>Starts a practice gateway with three numbers, sample contacts and a campaign that is being sent.</source>
        <translation>Abre um gateway de treino com três números, contatos de exemplo e uma campanha em andamento.</translation>
    </message>
    <message>
        <source>No WhatsApp needed, no real message leaves.</source>
        <translation>Sem WhatsApp: nenhuma mensagem real é enviada.</translation>
    </message>
    <message>
        <source>Connect your first number</source>
        <translation>Conecte seu primeiro número</translation>
    </message>
    <message>
        <source>Enter the address and the key of your Evolution API, then scan the code with your phone.</source>
        <translation>Informe o endereço e a chave da sua Evolution API e leia o código com o celular.</translation>
    </message>
    <message>
        <source>Takes about two minutes.</source>
        <translation>Leva cerca de dois minutos.</translation>
    </message>
    <message>
        <source>No number at hand?</source>
        <translation>Sem um número por perto?</translation>
    </message>
    <message>
        <source>Draft a campaign offline now</source>
        <translation>Comece um rascunho sem conexão</translation>
    </message>
    <message>
        <source>Starting the practice gateway and a sample campaign…</source>
        <translation>Abrindo o gateway de treino e uma campanha de exemplo…</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>tomorrow at {time}</source>
        <translation>amanhã às {time}</translation>
    </message>
    <message>
        <source>yesterday at {time}</source>
        <translation>ontem às {time}</translation>
    </message>
    <message>
        <source>{day} at {time}</source>
        <translation>{day} às {time}</translation>
    </message>
    <message>
        <source>in {span}</source>
        <translation>em {span}</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>às {time}</translation>
    </message>
    <message>
        <source>on {day} at {time}</source>
        <translation>em {day} às {time}</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s} s</translation>
    </message>
    <message>
        <source>{min} min {s} s</source>
        <translation>{min} min {s} s</translation>
    </message>
    <message>
        <source>{min} min</source>
        <translation>{min} min</translation>
    </message>
    <message>
        <source>{h} h {min} min</source>
        <translation>{h} h {min} min</translation>
    </message>
    <message>
        <source>{h} h</source>
        <translation>{h} h</translation>
    </message>
    <message>
        <source>{d} d {h} h</source>
        <translation>{d} d {h} h</translation>
    </message>
    <message>
        <source>{d} d</source>
        <translation>{d} d</translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} ms</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>agora há pouco</translation>
    </message>
    <message>
        <source>{span} ago</source>
        <translation>há {span}</translation>
    </message>
    <message>
        <source>on {day}</source>
        <translation>em {day}</translation>
    </message>
    <message>
        <source>{n}/h</source>
        <translation>{n}/h</translation>
    </message>
    <message>
        <source>{n}/min</source>
        <translation>{n}/min</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 pessoa</translation>
    </message>
    <message>
        <source>{n} people</source>
        <translation>{n} pessoas</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 mensagem</translation>
    </message>
    <message>
        <source>{n} messages</source>
        <translation>{n} mensagens</translation>
    </message>
    <message>
        <source>1 number</source>
        <translation>1 número</translation>
    </message>
    <message>
        <source>{n} numbers</source>
        <translation>{n} números</translation>
    </message>
    <message>
        <source>1 recipient</source>
        <translation>1 destinatário</translation>
    </message>
    <message>
        <source>{n} recipients</source>
        <translation>{n} destinatários</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Closing</source>
        <translation>Fechando</translation>
    </message>
    <message>
        <source>{n} sending</source>
        <translation>{n} em envio</translation>
    </message>
    <message>
        <source>Messages are being sent</source>
        <translation>Há mensagens sendo enviadas</translation>
    </message>
    <message>
        <source>If you close it, sending stops. Nothing is lost: when you open it again it goes on where it stopped.</source>
        <translation>Se você fechar, o envio para. Nada se perde: ao abrir de novo, ele continua de onde parou.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Parar e fechar</translation>
    </message>
    <message>
        <source>Keep sending</source>
        <translation>Continuar enviando</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Stopped</source>
        <translation>Parado</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Fechando</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>Campanhas</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instâncias</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Contatos</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Sem internet</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Enviando</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>On-line</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Painel</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>“{name}” did not start at its time.</source>
        <translation>“{name}” não iniciou no horário.</translation>
    </message>
    <message>
        <source>“{name}” and {n} more did not start at their time.</source>
        <translation>“{name}” e mais {n} não iniciaram no horário.</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Decidir</translation>
    </message>
    <message>
        <source>Nothing new leaves, and nothing is lost. The window closes by itself; no answer takes longer than 75 seconds.</source>
        <translation>Nada de novo sai e nada se perde. A janela se fecha sozinha; nenhuma resposta leva mais de 75 segundos.</translation>
    </message>
    <message>
        <source>Closing: waiting for the answers to {n} messages that are on their way.</source>
        <translation>Fechando: aguardando as respostas de {n} mensagens que estão a caminho.</translation>
    </message>
    <message>
        <source>Closing: waiting for the answer to the last message that is on its way.</source>
        <translation>Fechando: aguardando a resposta da última mensagem que está a caminho.</translation>
    </message>
    <message>
        <source>No internet. Nothing is sent until the connection is back.</source>
        <translation>Sem internet. Nada é enviado até a conexão voltar.</translation>
    </message>
    <message>
        <source>Campaigns wait and go on by themselves. You can draft and import meanwhile.</source>
        <translation>As campanhas esperam e continuam sozinhas. Enquanto isso, você pode criar rascunhos e importar contatos.</translation>
    </message>
    <message>
        <source>Another Cadência sends from this data folder: {holder}.</source>
        <translation>Outro Cadência envia a partir desta pasta de dados: {holder}.</translation>
    </message>
    <message>
        <source>You see everything here, live. What you start is sent by the other one.</source>
        <translation>Você vê tudo aqui, ao vivo. O que você iniciar será enviado pelo outro.</translation>
    </message>
    <message>
        <source>Practice: a simulator answers instead of WhatsApp. No real message leaves.</source>
        <translation>Treino: um simulador responde no lugar do WhatsApp. Nenhuma mensagem real é enviada.</translation>
    </message>
    <message>
        <source>The database is busy: nothing can be recorded now, so nothing is sent. Nothing is lost.</source>
        <translation>O banco de dados está ocupado: nada pode ser registrado agora, então nada é enviado. Nada se perde.</translation>
    </message>
    <message>
        <source>It goes on by itself. If this lasts, close other programs that have the data folder open.</source>
        <translation>Continua sozinho. Se demorar, feche outros programas que estejam com a pasta de dados aberta.</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Sent</source>
        <translation>Enviadas</translation>
    </message>
    <message>
        <source>The gateway accepted the message.</source>
        <translation>O gateway aceitou a mensagem.</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregues</translation>
    </message>
    <message>
        <source>It arrived on the phone.</source>
        <translation>Chegou ao celular.</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lidas</translation>
    </message>
    <message>
        <source>The person opened it, and shows read receipts.</source>
        <translation>A pessoa abriu e mostra a confirmação de leitura.</translation>
    </message>
    <message>
        <source>Replied</source>
        <translation>Respondidas</translation>
    </message>
    <message>
        <source>The person answered.</source>
        <translation>A pessoa respondeu.</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Não enviadas</translation>
    </message>
    <message>
        <source>It will not be sent; each has its reason.</source>
        <translation>Não será enviada; cada uma tem seu motivo.</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>Em dúvida</translation>
    </message>
    <message>
        <source>It may have left or not; it is never sent twice.</source>
        <translation>Pode ter saído ou não; nunca é enviada duas vezes.</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Ao longo do tempo</translation>
    </message>
    <message>
        <source>Messages over time</source>
        <translation>Mensagens ao longo do tempo</translation>
    </message>
    <message>
        <source>The chart begins with the first message.</source>
        <translation>O gráfico começa com a primeira mensagem.</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>Por número</translation>
    </message>
    <message>
        <source>Messages by number</source>
        <translation>Mensagens por número</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Cancel “{name}”?</source>
        <translation>Cancelar “{name}”?</translation>
    </message>
    <message>
        <source>What has not left will not leave any more. This cannot be undone.</source>
        <translation>O que ainda não saiu não sairá mais. Não é possível desfazer.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>Delete “{name}”?</source>
        <translation>Excluir “{name}”?</translation>
    </message>
    <message>
        <source>The campaign, its messages and recipients are removed for good. Contacts and numbers stay.</source>
        <translation>A campanha, suas mensagens e seus destinatários são removidos de vez. Contatos e números permanecem.</translation>
    </message>
</context>
<context>
    <name>Recipients</name>
    <message>
        <source>Attempts</source>
        <translation>Tentativas</translation>
    </message>
    <message>
        <source>No attempt yet</source>
        <translation>Nenhuma tentativa ainda</translation>
    </message>
    <message>
        <source>Next attempt</source>
        <translation>Próxima tentativa</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Enviada</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregue</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lida</translation>
    </message>
    <message>
        <source>Replied</source>
        <translation>Respondida</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>Destinatário</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Situação</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>Última mudança</translation>
    </message>
    <message>
        <source>again {when}</source>
        <translation>de novo {when}</translation>
    </message>
</context>
<context>
    <name>RecipientsPanel</name>
    <message>
        <source>Close the detail</source>
        <translation>Fechar o detalhe</translation>
    </message>
    <message>
        <source>Filter by status</source>
        <translation>Filtrar por situação</translation>
    </message>
    <message>
        <source>All statuses</source>
        <translation>Todas as situações</translation>
    </message>
    <message>
        <source>Search name or phone</source>
        <translation>Buscar nome ou telefone</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>Destinatários</translation>
    </message>
    <message>
        <source>Nobody here</source>
        <translation>Ninguém aqui</translation>
    </message>
    <message>
        <source>Nobody fits this filter, or the campaign has not started yet.</source>
        <translation>Ninguém corresponde a este filtro, ou a campanha ainda não começou.</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Por que não agora?</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Limpar</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Something went wrong ({kind}). The log file has the details.</source>
        <translation>Algo deu errado ({kind}). O arquivo de log tem os detalhes.</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Whom another run of this campaign has reached is not tried again.</source>
        <translation>Quem já recebeu em outra tentativa desta campanha não é incluído de novo.</translation>
    </message>
    <message>
        <source>Another run of this campaign has reached this person, or may still.</source>
        <translation>Outra tentativa desta campanha já chegou a esta pessoa, ou ainda pode chegar.</translation>
    </message>
    <message>
        <source>Turn them on in Meta's Business Manager, or send them another way.</source>
        <translation>Ative-as no Gerenciador de Negócios da Meta, ou envie de outra forma.</translation>
    </message>
    <message>
        <source>This person has blocked the number.</source>
        <translation>Esta pessoa bloqueou o número.</translation>
    </message>
    <message>
        <source>Marketing messages are turned off for this account at Meta.</source>
        <translation>As mensagens de marketing estão desativadas para esta conta na Meta.</translation>
    </message>
    <message>
        <source>{status}: place {place}</source>
        <translation>{status}: {place}º lugar</translation>
    </message>
    <message>
        <source>Place {place} in the queue</source>
        <translation>{place}º lugar na fila</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>Na fila</translation>
    </message>
    <message>
        <source>The disk reports an error.</source>
        <translation>O disco acusa um erro.</translation>
    </message>
    <message>
        <source>The database is damaged.</source>
        <translation>O banco de dados está danificado.</translation>
    </message>
    <message>
        <source>The database file was deleted, moved or replaced while it was open.</source>
        <translation>O arquivo do banco de dados foi apagado, movido ou trocado enquanto estava aberto.</translation>
    </message>
    <message>
        <source>The database cannot be written.</source>
        <translation>Não é possível gravar no banco de dados.</translation>
    </message>
    <message>
        <source>The database cannot be opened.</source>
        <translation>Não é possível abrir o banco de dados.</translation>
    </message>
    <message>
        <source>Restore a backup.</source>
        <translation>Restaure um backup.</translation>
    </message>
    <message>
        <source>Close what has the file open: a database viewer, a backup, a synchronisation.</source>
        <translation>Feche o que está com o arquivo aberto: um visualizador de bancos de dados, um backup, uma sincronização.</translation>
    </message>
    <message>
        <source>Close Cadência, put the file back or restore a backup, and open it again.</source>
        <translation>Feche o Cadência, ponha o arquivo de volta ou restaure um backup, e abra de novo.</translation>
    </message>
    <message>
        <source>Check the permissions of the data folder.</source>
        <translation>Verifique as permissões da pasta de dados.</translation>
    </message>
    <message>
        <source>Check the disk; restore a backup when the error stays.</source>
        <translation>Verifique o disco; se o erro continuar, restaure um backup.</translation>
    </message>
    <message>
        <source>Check that its folder or its server can be reached.</source>
        <translation>Verifique se a pasta ou o servidor está acessível.</translation>
    </message>
    <message>
        <source>Another program keeps the database locked.</source>
        <translation>Outro programa mantém o banco de dados bloqueado.</translation>
    </message>
    <message>
        <source>Sending has stopped; it starts again by itself.</source>
        <translation>O envio parou; recomeça sozinho.</translation>
    </message>
    <message>
        <source>Sending has stopped; it starts again by itself {until}.</source>
        <translation>O envio parou; recomeça sozinho {until}.</translation>
    </message>
    <message>
        <source>Somebody asked not to receive messages, and the gateway does not say who.</source>
        <translation>Alguém pediu para não receber mensagens, e o gateway não diz quem.</translation>
    </message>
    <message>
        <source>Look for the message in WhatsApp on the phone, and opt the person out in Contacts.</source>
        <translation>Procure a mensagem no WhatsApp do celular e registre em Contatos que a pessoa pediu para sair.</translation>
    </message>
    <message>
        <source>No text was accepted for this person, and such people were to be left out.</source>
        <translation>Nenhum texto foi aceito para esta pessoa, e quem não tem texto ficou de fora.</translation>
    </message>
    <message>
        <source>This number sends as fast as WhatsApp lets it; the next {until}.</source>
        <translation>Este número já envia na velocidade máxima que o WhatsApp permite; o próximo {until}.</translation>
    </message>
    <message>
        <source>This number sends as fast as WhatsApp lets it.</source>
        <translation>Este número já envia na velocidade máxima que o WhatsApp permite.</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Em andamento</translation>
    </message>
    <message>
        <source>The gateway answers: Evolution API {version}.</source>
        <translation>O gateway responde: Evolution API {version}.</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Rascunho</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Agendada</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Em envio</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausada</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Concluída</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelada</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falhou</translation>
    </message>
    <message>
        <source>Paused by you: nothing leaves until you resume.</source>
        <translation>Pausada por você: nada sai até você retomar.</translation>
    </message>
    <message>
        <source>Cancelled by you.</source>
        <translation>Cancelada por você.</translation>
    </message>
    <message>
        <source>WhatsApp refuses the message itself: correct it, then resume.</source>
        <translation>O WhatsApp recusa a própria mensagem: corrija-a e retome.</translation>
    </message>
    <message>
        <source>The attached file was refused: replace it, then resume.</source>
        <translation>O anexo foi recusado: troque-o e retome.</translation>
    </message>
    <message>
        <source>WhatsApp asks for an approved template for these people.</source>
        <translation>O WhatsApp exige um modelo aprovado para estas pessoas.</translation>
    </message>
    <message>
        <source>The gateway asked for a stop of the whole campaign.</source>
        <translation>O gateway pediu a parada de toda a campanha.</translation>
    </message>
    <message>
        <source>None of its numbers exists any more: choose others, then resume.</source>
        <translation>Nenhum dos seus números existe mais: escolha outros e retome.</translation>
    </message>
    <message>
        <source>A hard limit of the numbers was reached.</source>
        <translation>Um limite rígido dos números foi atingido.</translation>
    </message>
    <message>
        <source>The budget of the month is used up.</source>
        <translation>O orçamento do mês acabou.</translation>
    </message>
    <message>
        <source>Its start time passed while the program was closed or the computer slept: start it by hand.</source>
        <translation>O horário de início passou com o programa fechado ou o computador dormindo: inicie-a manualmente.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Aguardando</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Enviando</translation>
    </message>
    <message>
        <source>Will retry</source>
        <translation>Nova tentativa</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Enviada</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregue</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lida</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Não enviada</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Ignorada</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>Em dúvida</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>Sem resposta</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Conectado</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Conectando</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>Desconectado</translation>
    </message>
    <message>
        <source>Scan needed</source>
        <translation>Ler o código</translation>
    </message>
    <message>
        <source>Not on the gateway</source>
        <translation>Não existe no gateway</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detalhe</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Informação</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Aviso</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erro</translation>
    </message>
    <message>
        <source>In turn</source>
        <translation>Em rodízio</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Equilibrado</translation>
    </message>
    <message>
        <source>By health</source>
        <translation>Pela saúde</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Agendar</translation>
    </message>
    <message>
        <source>Remove schedule</source>
        <translation>Tirar da agenda</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Cancel campaign</source>
        <translation>Cancelar campanha</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Aceita</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Recusada</translation>
    </message>
    <message>
        <source>Did not leave</source>
        <translation>Não saiu</translation>
    </message>
    <message>
        <source>No certain answer</source>
        <translation>Sem resposta certa</translation>
    </message>
    <message>
        <source>Excellent</source>
        <translation>Excelente</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Boa</translation>
    </message>
    <message>
        <source>Moderate</source>
        <translation>Regular</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>Ruim</translation>
    </message>
    <message>
        <source>Today's limit is used up.</source>
        <translation>O limite de hoje acabou.</translation>
    </message>
    <message>
        <source>Today's limit is used up; goes on {until}.</source>
        <translation>O limite de hoje acabou; continua {until}.</translation>
    </message>
    <message>
        <source>The hourly limit is used up.</source>
        <translation>O limite por hora acabou.</translation>
    </message>
    <message>
        <source>The hourly limit is used up; goes on {until}.</source>
        <translation>O limite por hora acabou; continua {until}.</translation>
    </message>
    <message>
        <source>The limit per minute is used up.</source>
        <translation>O limite por minuto acabou.</translation>
    </message>
    <message>
        <source>The limit per minute is used up; goes on {until}.</source>
        <translation>O limite por minuto acabou; continua {until}.</translation>
    </message>
    <message>
        <source>Short gap between two messages.</source>
        <translation>Pequeno intervalo entre duas mensagens.</translation>
    </message>
    <message>
        <source>Short gap between two messages; the next {until}.</source>
        <translation>Pequeno intervalo; a próxima {until}.</translation>
    </message>
    <message>
        <source>Pause between messages; the next {until}.</source>
        <translation>Pausa entre mensagens; a próxima {until}.</translation>
    </message>
    <message>
        <source>Waiting for the answer to what is on its way.</source>
        <translation>Aguardando a resposta ao que já saiu.</translation>
    </message>
    <message>
        <source>Pause between messages, so that the pace stays human.</source>
        <translation>Pausa entre mensagens, para manter o ritmo humano.</translation>
    </message>
    <message>
        <source>The campaign's hourly pace is reached.</source>
        <translation>O ritmo por hora da campanha foi atingido.</translation>
    </message>
    <message>
        <source>The campaign's hourly pace is reached; goes on {until}.</source>
        <translation>O ritmo por hora da campanha foi atingido; continua {until}.</translation>
    </message>
    <message>
        <source>The campaign's pace per second is reached.</source>
        <translation>O ritmo por segundo da campanha foi atingido.</translation>
    </message>
    <message>
        <source>The campaign's pace per second is reached; goes on {until}.</source>
        <translation>O ritmo por segundo da campanha foi atingido; continua {until}.</translation>
    </message>
    <message>
        <source>Outside the hours in which this campaign may send.</source>
        <translation>Fora do horário de envio desta campanha.</translation>
    </message>
    <message>
        <source>Outside the sending hours; goes on {until}.</source>
        <translation>Fora do horário de envio; continua {until}.</translation>
    </message>
    <message>
        <source>The number is warming up: today's allowance is used up.</source>
        <translation>O número está em aquecimento: a cota de hoje acabou.</translation>
    </message>
    <message>
        <source>The number is warming up; goes on {until}.</source>
        <translation>O número está em aquecimento; continua {until}.</translation>
    </message>
    <message>
        <source>Meta's limit of people in 24 hours is used up for all numbers of this company.</source>
        <translation>O limite da Meta de pessoas em 24 horas acabou para todos os números desta empresa.</translation>
    </message>
    <message>
        <source>Meta's limit of people in 24 hours is used up; goes on {until}.</source>
        <translation>O limite da Meta de pessoas em 24 horas acabou; continua {until}.</translation>
    </message>
    <message>
        <source>Two messages to the same person need a pause between them.</source>
        <translation>Duas mensagens para a mesma pessoa precisam de uma pausa entre elas.</translation>
    </message>
    <message>
        <source>Two messages to the same person need a pause; the next {until}.</source>
        <translation>Duas mensagens para a mesma pessoa precisam de uma pausa; a próxima {until}.</translation>
    </message>
    <message>
        <source>Another campaign has its turn on this number.</source>
        <translation>É a vez de outra campanha neste número.</translation>
    </message>
    <message>
        <source>Another campaign has its turn on this number; goes on {until}.</source>
        <translation>É a vez de outra campanha neste número; continua {until}.</translation>
    </message>
    <message>
        <source>Waiting for a place: as many campaigns are sending as may at once.</source>
        <translation>Aguardando vaga: já há tantas campanhas enviando quantas podem ao mesmo tempo.</translation>
    </message>
    <message>
        <source>Waiting for a place among the campaigns that send; goes on {until}.</source>
        <translation>Aguardando vaga entre as campanhas que enviam; continua {until}.</translation>
    </message>
    <message>
        <source>Scheduled: it has not begun.</source>
        <translation>Agendada: ainda não começou.</translation>
    </message>
    <message>
        <source>Scheduled: it begins {until}.</source>
        <translation>Agendada: começa {until}.</translation>
    </message>
    <message>
        <source>This campaign is not sending.</source>
        <translation>Esta campanha não está enviando.</translation>
    </message>
    <message>
        <source>This campaign is not sending; goes on {until}.</source>
        <translation>Esta campanha não está enviando; continua {until}.</translation>
    </message>
    <message>
        <source>Resting: too many of the last messages through this number failed.</source>
        <translation>Descansando: muitas das últimas mensagens deste número falharam.</translation>
    </message>
    <message>
        <source>Resting, because too many messages failed; goes on {until}.</source>
        <translation>Descansando, porque muitas mensagens falharam; continua {until}.</translation>
    </message>
    <message>
        <source>This person asked not to receive messages; asked again {until}.</source>
        <translation>Esta pessoa pediu para não receber mensagens; verificado de novo {until}.</translation>
    </message>
    <message>
        <source>Nothing more is to be sent to this person.</source>
        <translation>Nada mais será enviado a esta pessoa.</translation>
    </message>
    <message>
        <source>Nothing more is to be sent to this person; looked at again {until}.</source>
        <translation>Nada mais será enviado a esta pessoa; verificado de novo {until}.</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>Em pausa.</translation>
    </message>
    <message>
        <source>Paused; goes on {until}.</source>
        <translation>Em pausa; continua {until}.</translation>
    </message>
    <message>
        <source>Not connected to WhatsApp.</source>
        <translation>Sem conexão com o WhatsApp.</translation>
    </message>
    <message>
        <source>Not connected to WhatsApp; asked again {until}.</source>
        <translation>Sem conexão com o WhatsApp; nova consulta {until}.</translation>
    </message>
    <message>
        <source>The gateway does not answer.</source>
        <translation>O gateway não responde.</translation>
    </message>
    <message>
        <source>The gateway does not answer; tried again {until}.</source>
        <translation>O gateway não responde; nova tentativa {until}.</translation>
    </message>
    <message>
        <source>Resting after several errors in a row.</source>
        <translation>Descansando após vários erros seguidos.</translation>
    </message>
    <message>
        <source>Resting after several errors in a row; tried again {until}.</source>
        <translation>Descansando após vários erros seguidos; nova tentativa {until}.</translation>
    </message>
    <message>
        <source>The gateway asked to slow down.</source>
        <translation>O gateway pediu para ir mais devagar.</translation>
    </message>
    <message>
        <source>The gateway asked to slow down; goes on {until}.</source>
        <translation>O gateway pediu para ir mais devagar; continua {until}.</translation>
    </message>
    <message>
        <source>No internet: goes on by itself when it is back.</source>
        <translation>Sem internet: continua sozinho quando ela voltar.</translation>
    </message>
    <message>
        <source>No internet; tried again {until}.</source>
        <translation>Sem internet; nova tentativa {until}.</translation>
    </message>
    <message>
        <source>Waiting for the next attempt of those that failed.</source>
        <translation>Aguardando a próxima tentativa das que falharam.</translation>
    </message>
    <message>
        <source>Those that failed are tried again {until}.</source>
        <translation>As que falharam são tentadas de novo {until}.</translation>
    </message>
    <message>
        <source>Asking the gateway what became of messages in doubt.</source>
        <translation>Consultando o gateway sobre mensagens em dúvida.</translation>
    </message>
    <message>
        <source>Asking the gateway about messages in doubt; asked again {until}.</source>
        <translation>Consultando o gateway sobre mensagens em dúvida; de novo {until}.</translation>
    </message>
    <message>
        <source>Just started: there is still time to cancel before anything leaves.</source>
        <translation>Recém-iniciada: ainda dá tempo de cancelar antes que algo saia.</translation>
    </message>
    <message>
        <source>Just started: the first message leaves {until}; you can still cancel.</source>
        <translation>A primeira sai {until}; até lá, ainda dá para cancelar.</translation>
    </message>
    <message>
        <source>None of the campaign's numbers can send now.</source>
        <translation>Nenhum número da campanha pode enviar agora.</translation>
    </message>
    <message>
        <source>None of the campaign's numbers can send now; goes on {until}.</source>
        <translation>Nenhum número da campanha pode enviar agora; continua {until}.</translation>
    </message>
    <message>
        <source>Ready: there is nothing to send.</source>
        <translation>Pronto: não há nada para enviar.</translation>
    </message>
    <message>
        <source>Ready: the next message is due {until}.</source>
        <translation>Pronto: a próxima mensagem sai {until}.</translation>
    </message>
    <message>
        <source>Nothing to do: it is tried again by itself.</source>
        <translation>Nada a fazer: a nova tentativa é automática.</translation>
    </message>
    <message>
        <source>Check the phone with the person, or reach them another way.</source>
        <translation>Confira o telefone com a pessoa ou fale com ela de outra forma.</translation>
    </message>
    <message>
        <source>Look at the gateway's own log, then duplicate the campaign for these people.</source>
        <translation>Veja o log do próprio gateway e depois duplique a campanha para estas pessoas.</translation>
    </message>
    <message>
        <source>Open Instances and connect the number again.</source>
        <translation>Abra Instâncias e conecte o número de novo.</translation>
    </message>
    <message>
        <source>Look in the phone's WhatsApp: if the message is there, mark it as sent; if not, send it again.</source>
        <translation>Veja no WhatsApp do celular: se a mensagem está lá, marque como enviada; se não, envie de novo.</translation>
    </message>
    <message>
        <source>The campaign was cancelled before this message left.</source>
        <translation>A campanha foi cancelada antes de esta mensagem sair.</translation>
    </message>
    <message>
        <source>This person asked not to receive messages.</source>
        <translation>Esta pessoa pediu para não receber mensagens.</translation>
    </message>
    <message>
        <source>Nothing to do: their wish is respected.</source>
        <translation>Nada a fazer: a vontade dela é respeitada.</translation>
    </message>
    <message>
        <source>The same phone is in this campaign already.</source>
        <translation>O mesmo telefone já está nesta campanha.</translation>
    </message>
    <message>
        <source>This is not a phone number that exists.</source>
        <translation>Este número de telefone não existe.</translation>
    </message>
    <message>
        <source>Correct the phone in Contacts.</source>
        <translation>Corrija o telefone em Contatos.</translation>
    </message>
    <message>
        <source>A field used in the message is empty for this person.</source>
        <translation>Um campo usado na mensagem está vazio para esta pessoa.</translation>
    </message>
    <message>
        <source>Fill the field in, or give it a fallback, such as {{contact.name|"friend"}}.</source>
        <translation>Preencha o campo ou dê a ele um valor reserva, como {{contact.name|"amigo"}}.</translation>
    </message>
    <message>
        <source>This phone has no WhatsApp.</source>
        <translation>Este telefone não tem WhatsApp.</translation>
    </message>
    <message>
        <source>WhatsApp refused the content of the message.</source>
        <translation>O WhatsApp recusou o conteúdo da mensagem.</translation>
    </message>
    <message>
        <source>Change the text or the file, and send a new campaign to these people.</source>
        <translation>Mude o texto ou o arquivo e envie uma nova campanha a estas pessoas.</translation>
    </message>
    <message>
        <source>All attempts failed.</source>
        <translation>Todas as tentativas falharam.</translation>
    </message>
    <message>
        <source>The attempts below say why. Duplicate the campaign when the cause is gone.</source>
        <translation>As tentativas abaixo dizem por quê. Duplique a campanha quando a causa passar.</translation>
    </message>
    <message>
        <source>The gateway reported an error.</source>
        <translation>O gateway informou um erro.</translation>
    </message>
    <message>
        <source>The message left, but WhatsApp could not deliver it.</source>
        <translation>A mensagem saiu, mas o WhatsApp não conseguiu entregar.</translation>
    </message>
    <message>
        <source>WhatsApp has restricted this number for now.</source>
        <translation>O WhatsApp restringiu este número por enquanto.</translation>
    </message>
    <message>
        <source>Pause this number, slow down, and look at its state in WhatsApp.</source>
        <translation>Pause este número, diminua o ritmo e veja a situação dele no WhatsApp.</translation>
    </message>
    <message>
        <source>The message was handed over, but the answer was lost: it may have left or not.</source>
        <translation>A mensagem foi entregue ao gateway, mas a resposta se perdeu: pode ter saído ou não.</translation>
    </message>
    <message>
        <source>The program ended while this message was leaving: it may have left or not.</source>
        <translation>O programa foi encerrado enquanto esta mensagem saía: pode ter saído ou não.</translation>
    </message>
    <message>
        <source>You decided what became of this message.</source>
        <translation>Você decidiu o que houve com esta mensagem.</translation>
    </message>
    <message>
        <source>There is a conversation going on with this person.</source>
        <translation>Há uma conversa em andamento com esta pessoa.</translation>
    </message>
    <message>
        <source>Nothing to do: this campaign leaves such people out.</source>
        <translation>Nada a fazer: esta campanha deixa essas pessoas de fora.</translation>
    </message>
    <message>
        <source>This person's data was erased at their request.</source>
        <translation>Os dados desta pessoa foram apagados a pedido dela.</translation>
    </message>
    <message>
        <source>The gateway could not be reached.</source>
        <translation>Não foi possível falar com o gateway.</translation>
    </message>
    <message>
        <source>The gateway's address is not known on the internet.</source>
        <translation>O endereço do gateway não existe na internet.</translation>
    </message>
    <message>
        <source>Check the connection and the address of the gateway.</source>
        <translation>Confira a conexão e o endereço do gateway.</translation>
    </message>
    <message>
        <source>No safe connection: the gateway's certificate is not trusted, or it only speaks http.</source>
        <translation>Sem conexão segura: o certificado do gateway não é confiável, ou ele só fala http.</translation>
    </message>
    <message>
        <source>If your company issued it, name its authority; else ask whoever runs the gateway.</source>
        <translation>Se foi emitido pela sua empresa, informe a autoridade dela; senão, fale com quem cuida do gateway.</translation>
    </message>
    <message>
        <source>The gateway did not answer the connection in time.</source>
        <translation>O gateway não respondeu à conexão a tempo.</translation>
    </message>
    <message>
        <source>No answer in time: the message may have left or not.</source>
        <translation>Sem resposta a tempo: a mensagem pode ter saído ou não.</translation>
    </message>
    <message>
        <source>The connection broke before the answer: it may have left or not.</source>
        <translation>A conexão caiu antes da resposta: pode ter saído ou não.</translation>
    </message>
    <message>
        <source>The gateway's answer makes no sense.</source>
        <translation>A resposta do gateway não faz sentido.</translation>
    </message>
    <message>
        <source>The gateway said yes, but named no message: it may have left or not.</source>
        <translation>O gateway disse sim, mas não identificou a mensagem: pode ter saído ou não.</translation>
    </message>
    <message>
        <source>A server in between gave up waiting for the gateway.</source>
        <translation>Um servidor no caminho desistiu de esperar o gateway.</translation>
    </message>
    <message>
        <source>A server in between lost the gateway.</source>
        <translation>Um servidor no caminho perdeu o gateway.</translation>
    </message>
    <message>
        <source>The gateway had an error of its own.</source>
        <translation>O gateway teve um erro interno.</translation>
    </message>
    <message>
        <source>The gateway refuses the key of this number.</source>
        <translation>O gateway recusa a chave deste número.</translation>
    </message>
    <message>
        <source>Remove the number in Instances and add it with the right key.</source>
        <translation>Remova o número em Instâncias e adicione-o com a chave certa.</translation>
    </message>
    <message>
        <source>The key of this number may not send.</source>
        <translation>A chave deste número não permite enviar.</translation>
    </message>
    <message>
        <source>Ask whoever runs the gateway for a key that may.</source>
        <translation>Peça a quem cuida do gateway uma chave que permita.</translation>
    </message>
    <message>
        <source>The gateway has no valid licence.</source>
        <translation>O gateway não tem licença válida.</translation>
    </message>
    <message>
        <source>Whoever runs the gateway has to activate its licence.</source>
        <translation>Quem cuida do gateway precisa ativar a licença.</translation>
    </message>
    <message>
        <source>The gateway does not know this number.</source>
        <translation>O gateway não conhece este número.</translation>
    </message>
    <message>
        <source>Check its name in the gateway; it may have been removed there.</source>
        <translation>Confira o nome dele no gateway; pode ter sido removido lá.</translation>
    </message>
    <message>
        <source>The number lost its connection to WhatsApp.</source>
        <translation>O número perdeu a conexão com o WhatsApp.</translation>
    </message>
    <message>
        <source>The number is not connected to WhatsApp.</source>
        <translation>O número não está conectado ao WhatsApp.</translation>
    </message>
    <message>
        <source>The number was logged out of WhatsApp.</source>
        <translation>O número foi desconectado do WhatsApp.</translation>
    </message>
    <message>
        <source>Too many messages to this person in a short time.</source>
        <translation>Mensagens demais para esta pessoa em pouco tempo.</translation>
    </message>
    <message>
        <source>WhatsApp's limit for this account is reached.</source>
        <translation>O limite do WhatsApp para esta conta foi atingido.</translation>
    </message>
    <message>
        <source>WhatsApp lets this person receive no more marketing for now.</source>
        <translation>O WhatsApp não deixa esta pessoa receber mais marketing por enquanto.</translation>
    </message>
    <message>
        <source>WhatsApp has slowed this number down because of complaints.</source>
        <translation>O WhatsApp freou este número por causa de reclamações.</translation>
    </message>
    <message>
        <source>Pause this number and write to people who expect it.</source>
        <translation>Pause este número e escreva a quem espera sua mensagem.</translation>
    </message>
    <message>
        <source>WhatsApp has locked this account.</source>
        <translation>O WhatsApp travou esta conta.</translation>
    </message>
    <message>
        <source>There is a problem with the payment of the WhatsApp account.</source>
        <translation>Há um problema com o pagamento da conta do WhatsApp.</translation>
    </message>
    <message>
        <source>Settle it in Meta's Business Manager.</source>
        <translation>Resolva no Gerenciador de Negócios da Meta.</translation>
    </message>
    <message>
        <source>This is the sending number itself.</source>
        <translation>Este é o próprio número que envia.</translation>
    </message>
    <message>
        <source>More than 24 hours since this person wrote: WhatsApp asks for a template.</source>
        <translation>Faz mais de 24 horas que esta pessoa escreveu: o WhatsApp exige um modelo.</translation>
    </message>
    <message>
        <source>WhatsApp refused the file.</source>
        <translation>O WhatsApp recusou o arquivo.</translation>
    </message>
    <message>
        <source>Use another format or a smaller file.</source>
        <translation>Use outro formato ou um arquivo menor.</translation>
    </message>
    <message>
        <source>The file could not be uploaded.</source>
        <translation>Não foi possível enviar o arquivo.</translation>
    </message>
    <message>
        <source>The message or its file is too large.</source>
        <translation>A mensagem ou o arquivo é grande demais.</translation>
    </message>
    <message>
        <source>Use a smaller file or a shorter text.</source>
        <translation>Use um arquivo menor ou um texto mais curto.</translation>
    </message>
    <message>
        <source>The gateway does not understand this kind of message.</source>
        <translation>O gateway não entende este tipo de mensagem.</translation>
    </message>
    <message>
        <source>Bring the gateway up to date.</source>
        <translation>Atualize o gateway.</translation>
    </message>
    <message>
        <source>This version of the gateway is not supported.</source>
        <translation>Esta versão do gateway não é compatível.</translation>
    </message>
    <message>
        <source>What answers at this address is not an Evolution API.</source>
        <translation>O que responde neste endereço não é uma Evolution API.</translation>
    </message>
    <message>
        <source>Check the address, and the port in it.</source>
        <translation>Confira o endereço e a porta.</translation>
    </message>
    <message>
        <source>The address leads somewhere else (perhaps a Wi-Fi log-in page).</source>
        <translation>O endereço leva a outro lugar (talvez à página de entrada do Wi-Fi).</translation>
    </message>
    <message>
        <source>Open a web page to log in to the Wi-Fi, or correct the address.</source>
        <translation>Abra uma página da web para entrar no Wi-Fi ou corrija o endereço.</translation>
    </message>
    <message>
        <source>The gateway cannot do this with this number.</source>
        <translation>O gateway não consegue fazer isso com este número.</translation>
    </message>
    <message>
        <source>WhatsApp is under maintenance.</source>
        <translation>O WhatsApp está em manutenção.</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>Tudo funciona.</translation>
    </message>
    <message>
        <source>A test number of WhatsApp may only write to the phones on its list.</source>
        <translation>Um número de teste do WhatsApp só pode escrever aos telefones da sua lista.</translation>
    </message>
    <message>
        <source>Add the phone to the list in Meta's developer pages, or send with a real number.</source>
        <translation>Adicione o telefone à lista nas páginas de desenvolvedor da Meta ou envie com um número real.</translation>
    </message>
    <message>
        <source>This person's WhatsApp cannot show this kind of message.</source>
        <translation>O WhatsApp desta pessoa não mostra este tipo de mensagem.</translation>
    </message>
    <message>
        <source>This person's phone has changed, and WhatsApp wants that confirmed first.</source>
        <translation>Esta pessoa trocou de aparelho, e o WhatsApp quer confirmar isso antes.</translation>
    </message>
    <message>
        <source>WhatsApp holds the message back for this person because of a trial of its own.</source>
        <translation>O WhatsApp retém a mensagem para esta pessoa por causa de um experimento dele.</translation>
    </message>
    <message>
        <source>WhatsApp refused this message.</source>
        <translation>O WhatsApp recusou esta mensagem.</translation>
    </message>
    <message>
        <source>WhatsApp does not accept the template as it was filled in.</source>
        <translation>O WhatsApp não aceita o modelo da forma como foi preenchido.</translation>
    </message>
    <message>
        <source>Compare the campaign with the template in Meta's Business Manager.</source>
        <translation>Compare a campanha com o modelo no Gerenciador de Negócios da Meta.</translation>
    </message>
    <message>
        <source>WhatsApp has paused this template because of complaints.</source>
        <translation>O WhatsApp pausou este modelo por causa de reclamações.</translation>
    </message>
    <message>
        <source>Use another template, or wait until it is allowed again.</source>
        <translation>Use outro modelo ou espere até que ele seja liberado.</translation>
    </message>
    <message>
        <source>WhatsApp has switched this template off for good.</source>
        <translation>O WhatsApp desativou este modelo de vez.</translation>
    </message>
    <message>
        <source>Use another template.</source>
        <translation>Use outro modelo.</translation>
    </message>
    <message>
        <source>WhatsApp does not let this account write to this country.</source>
        <translation>O WhatsApp não permite que esta conta escreva para este país.</translation>
    </message>
    <message>
        <source>WhatsApp has not approved the display name of this number.</source>
        <translation>O WhatsApp não aprovou o nome de exibição deste número.</translation>
    </message>
    <message>
        <source>Terms of WhatsApp have to be accepted for this account first.</source>
        <translation>É preciso aceitar antes os termos do WhatsApp para esta conta.</translation>
    </message>
    <message>
        <source>This number is not registered for sending.</source>
        <translation>Este número não está registrado para envio.</translation>
    </message>
    <message>
        <source>The file cannot be read on this computer.</source>
        <translation>O arquivo não pode ser lido neste computador.</translation>
    </message>
    <message>
        <source>Attach it again, and send a new campaign to these people.</source>
        <translation>Anexe-o de novo e envie uma nova campanha a estas pessoas.</translation>
    </message>
    <message>
        <source>More than one message at the gateway could be this one.</source>
        <translation>Mais de uma mensagem no gateway pode ser esta.</translation>
    </message>
    <message>
        <source>The gateway keeps no messages, so it cannot say whether this one left.</source>
        <translation>O gateway não guarda mensagens, então não sabe dizer se esta saiu.</translation>
    </message>
    <message>
        <source>It is too early to know whether the message left.</source>
        <translation>É cedo demais para saber se a mensagem saiu.</translation>
    </message>
    <message>
        <source>The gateway has a number with this name already.</source>
        <translation>O gateway já tem um número com este nome.</translation>
    </message>
    <message>
        <source>Paused by you.</source>
        <translation>Pausado por você.</translation>
    </message>
    <message>
        <source>It goes on by itself after midnight.</source>
        <translation>Continua sozinho depois da meia-noite.</translation>
    </message>
    <message>
        <source>Its health has fallen too low.</source>
        <translation>A saúde dele caiu demais.</translation>
    </message>
    <message>
        <source>This campaign cannot do that now.</source>
        <translation>Esta campanha não pode fazer isso agora.</translation>
    </message>
    <message>
        <source>This campaign is not ready to start.</source>
        <translation>Esta campanha não está pronta para começar.</translation>
    </message>
    <message>
        <source>Open it and look at the checklist.</source>
        <translation>Abra-a e veja a lista de verificação.</translation>
    </message>
    <message>
        <source>This campaign does not exist any more.</source>
        <translation>Esta campanha não existe mais.</translation>
    </message>
    <message>
        <source>This number does not exist any more.</source>
        <translation>Este número não existe mais.</translation>
    </message>
    <message>
        <source>A number of this campaign does not exist any more.</source>
        <translation>Um número desta campanha não existe mais.</translation>
    </message>
    <message>
        <source>There is a number with this name already.</source>
        <translation>Já existe um número com este nome.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Escolha outro nome.</translation>
    </message>
    <message>
        <source>A campaign that has not ended uses this number.</source>
        <translation>Uma campanha em aberto usa este número.</translation>
    </message>
    <message>
        <source>End or cancel it first.</source>
        <translation>Conclua-a ou cancele-a antes.</translation>
    </message>
    <message>
        <source>Another Cadência sends from this data folder.</source>
        <translation>Outro Cadência envia a partir desta pasta de dados.</translation>
    </message>
    <message>
        <source>Close it, or go on there.</source>
        <translation>Feche-o ou continue por lá.</translation>
    </message>
    <message>
        <source>This is not an address of a gateway.</source>
        <translation>Este não é o endereço de um gateway.</translation>
    </message>
    <message>
        <source>It begins with http:// or https://.</source>
        <translation>Ele começa com http:// ou https://.</translation>
    </message>
    <message>
        <source>The key of this number is not in the keyring.</source>
        <translation>A chave deste número não está no chaveiro.</translation>
    </message>
    <message>
        <source>Remove the number and add it again with its key.</source>
        <translation>Remova o número e adicione-o de novo com a chave.</translation>
    </message>
    <message>
        <source>The keyring of this computer is locked.</source>
        <translation>O chaveiro deste computador está bloqueado.</translation>
    </message>
    <message>
        <source>Unlock it and try again.</source>
        <translation>Desbloqueie-o e tente de novo.</translation>
    </message>
    <message>
        <source>The stored keys cannot be read.</source>
        <translation>As chaves guardadas não podem ser lidas.</translation>
    </message>
    <message>
        <source>Add the numbers again with their keys.</source>
        <translation>Adicione os números de novo com as chaves.</translation>
    </message>
    <message>
        <source>The data folder cannot be used.</source>
        <translation>A pasta de dados não pode ser usada.</translation>
    </message>
    <message>
        <source>Check that you may write there and that the disk is not full.</source>
        <translation>Confira se você pode gravar lá e se o disco não está cheio.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing more is sent, and nothing is lost.</source>
        <translation>O disco está cheio. Nada mais é enviado e nada se perde.</translation>
    </message>
    <message>
        <source>Make room, then resume.</source>
        <translation>Libere espaço e retome.</translation>
    </message>
    <message>
        <source>This data was written by a newer Cadência.</source>
        <translation>Estes dados foram gravados por um Cadência mais novo.</translation>
    </message>
    <message>
        <source>Update the program and open it again.</source>
        <translation>Atualize o programa e abra de novo.</translation>
    </message>
    <message>
        <source>This file is empty.</source>
        <translation>Este arquivo está vazio.</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>Este arquivo não pode ser lido.</translation>
    </message>
    <message>
        <source>Close it in other programs and try again.</source>
        <translation>Feche-o em outros programas e tente de novo.</translation>
    </message>
    <message>
        <source>The file cannot be written there.</source>
        <translation>O arquivo não pode ser gravado ali.</translation>
    </message>
    <message>
        <source>No column of this file holds phones.</source>
        <translation>Nenhuma coluna deste arquivo contém telefones.</translation>
    </message>
    <message>
        <source>Choose the column by hand.</source>
        <translation>Escolha a coluna manualmente.</translation>
    </message>
    <message>
        <source>A chosen column is not in this file.</source>
        <translation>Uma coluna escolhida não está neste arquivo.</translation>
    </message>
    <message>
        <source>The columns are not matched in a way that can be used.</source>
        <translation>As colunas não estão associadas de um modo utilizável.</translation>
    </message>
    <message>
        <source>The practice gateway cannot start: its port is taken.</source>
        <translation>O gateway de treino não consegue abrir: a porta está ocupada.</translation>
    </message>
    <message>
        <source>Close the program that uses it and try again.</source>
        <translation>Feche o programa que a usa e tente de novo.</translation>
    </message>
    <message>
        <source>Check the connection and the address.</source>
        <translation>Confira a conexão e o endereço.</translation>
    </message>
    <message>
        <source>Nothing is sending: open Cadência, or run cadencia run.</source>
        <translation>Nada está enviando: abra o Cadência ou execute cadencia run.</translation>
    </message>
    <message>
        <source>Nothing is sending; goes on {until}.</source>
        <translation>Nada está enviando; continua {until}.</translation>
    </message>
    <message>
        <source>Webhooks cannot be received: another program uses the port, or it is not allowed.</source>
        <translation>Não é possível receber webhooks: outro programa usa a porta, ou ela não é permitida.</translation>
    </message>
    <message>
        <source>Close the program that uses it, or choose another port.</source>
        <translation>Feche o programa que a usa ou escolha outra porta.</translation>
    </message>
    <message>
        <source>Webhooks cannot be received: this computer does not have that address.</source>
        <translation>Não é possível receber webhooks: este computador não tem esse endereço.</translation>
    </message>
    <message>
        <source>Use 127.0.0.1, or 0.0.0.0 for all addresses.</source>
        <translation>Use 127.0.0.1, ou 0.0.0.0 para todos os endereços.</translation>
    </message>
    <message>
        <source>This port cannot be used.</source>
        <translation>Essa porta não pode ser usada.</translation>
    </message>
    <message>
        <source>Choose one from 1024 to 65535.</source>
        <translation>Escolha uma de 1024 a 65535.</translation>
    </message>
    <message>
        <source>Webhooks are not received.</source>
        <translation>Os webhooks não estão sendo recebidos.</translation>
    </message>
    <message>
        <source>Turn the receiver on first.</source>
        <translation>Ligue a recepção primeiro.</translation>
    </message>
    <message>
        <source>Another program receives the webhooks of this number. Its webhook was left as it is.</source>
        <translation>Outro programa recebe os webhooks deste número. O webhook dele ficou como estava.</translation>
    </message>
    <message>
        <source>Remove it at the gateway, or take its place (--take-over).</source>
        <translation>Remova-o no gateway, ou fique no lugar dele (--take-over).</translation>
    </message>
    <message>
        <source>The webhook of this number is set up in Meta's dashboard.</source>
        <translation>O webhook deste número é configurado no painel da Meta.</translation>
    </message>
    <message>
        <source>Enter the address and the verify token there.</source>
        <translation>Informe lá o endereço e o token de verificação.</translation>
    </message>
    <message>
        <source>The gateway did not take the webhook.</source>
        <translation>O gateway não aceitou o webhook.</translation>
    </message>
    <message>
        <source>Check the connection of the number and try again.</source>
        <translation>Confira a conexão do número e tente de novo.</translation>
    </message>
    <message>
        <source>A campaign is running.</source>
        <translation>Há uma campanha em andamento.</translation>
    </message>
    <message>
        <source>Pause it first: the session at the gateway is restarted.</source>
        <translation>Pause-a antes: a sessão no gateway é reiniciada.</translation>
    </message>
    <message>
        <source>The secret of the Meta app is not known.</source>
        <translation>A chave secreta do app da Meta não foi informada.</translation>
    </message>
    <message>
        <source>Set CADENCIA_APP_SECRET; it is in the app's basic settings at Meta.</source>
        <translation>Defina CADENCIA_APP_SECRET; ela está nas configurações básicas do app, na Meta.</translation>
    </message>
    <message>
        <source>Evolution API 2.3 or WAHA 2024.9, or later, is needed.</source>
        <translation>É preciso a Evolution API 2.3 ou o WAHA 2024.9, ou versões mais novas.</translation>
    </message>
    <message>
        <source>What answers at this address is not WAHA.</source>
        <translation>O que responde neste endereço não é o WAHA.</translation>
    </message>
    <message>
        <source>The key is right, but it may not list the sessions of this gateway.</source>
        <translation>A chave está certa, mas não tem permissão para listar as sessões deste gateway.</translation>
    </message>
    <message>
        <source>Ask whoever runs the gateway for a key that may read and send.</source>
        <translation>Peça a quem cuida do gateway uma chave que possa ler e enviar.</translation>
    </message>
    <message>
        <source>WhatsApp refuses everything from this session of the gateway.</source>
        <translation>O WhatsApp recusa tudo o que vem desta sessão do gateway.</translation>
    </message>
    <message>
        <source>Restart the number in Instances.</source>
        <translation>Reinicie o número em Instâncias.</translation>
    </message>
    <message>
        <source>The gateway could not check this phone, so nothing was sent to it.</source>
        <translation>O gateway não conseguiu verificar este telefone, por isso nada foi enviado.</translation>
    </message>
    <message>
        <source>There are campaigns or contacts in this data folder already.</source>
        <translation>Já existem campanhas ou contatos nesta pasta de dados.</translation>
    </message>
    <message>
        <source>Restore into another data folder, or replace this one: it is kept beside it.</source>
        <translation>Restaure em outra pasta de dados ou substitua esta: o que está aqui fica guardado ao lado.</translation>
    </message>
    <message>
        <source>A backup needs a passphrase.</source>
        <translation>O backup precisa de uma frase secreta.</translation>
    </message>
    <message>
        <source>Choose one that you will still know when you need the backup.</source>
        <translation>Escolha uma de que você ainda vai se lembrar quando precisar do backup.</translation>
    </message>
    <message>
        <source>The two passphrases differ.</source>
        <translation>As duas frases secretas são diferentes.</translation>
    </message>
    <message>
        <source>Type the same one twice.</source>
        <translation>Digite a mesma frase duas vezes.</translation>
    </message>
    <message>
        <source>The passphrase does not open this file.</source>
        <translation>A frase secreta não abre este arquivo.</translation>
    </message>
    <message>
        <source>Type the one that it was made with.</source>
        <translation>Digite a frase com que ele foi feito.</translation>
    </message>
    <message>
        <source>This is no backup of Cadência.</source>
        <translation>Este arquivo não é um backup da Cadência.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Escolha outro arquivo.</translation>
    </message>
    <message>
        <source>The file is damaged or not complete.</source>
        <translation>O arquivo está danificado ou incompleto.</translation>
    </message>
    <message>
        <source>Use another copy of it.</source>
        <translation>Use outra cópia dele.</translation>
    </message>
    <message>
        <source>This backup was made by a newer version of Cadência.</source>
        <translation>Este backup foi feito por uma versão mais nova da Cadência.</translation>
    </message>
    <message>
        <source>Install the newer version first.</source>
        <translation>Instale antes a versão mais nova.</translation>
    </message>
    <message>
        <source>The database is on a server, which this backup cannot copy.</source>
        <translation>O banco de dados fica em um servidor, que este backup não consegue copiar.</translation>
    </message>
    <message>
        <source>Use the server's own backup (pg_dump).</source>
        <translation>Use o backup do próprio servidor (pg_dump).</translation>
    </message>
    <message>
        <source>This data comes from a backup. What was sent after the backup was made is not in it.</source>
        <translation>Estes dados vêm de um backup. O que foi enviado depois dele não está aqui.</translation>
    </message>
    <message>
        <source>Resuming may write to the same people again. Compare with WhatsApp on the phone first, or cancel it.</source>
        <translation>Retomar pode escrever de novo às mesmas pessoas. Antes, compare com o WhatsApp no celular, ou cancele a campanha.</translation>
    </message>
    <message>
        <source>The numbers have sent all they may today: look at them, then resume.</source>
        <translation>Os números já enviaram tudo o que podem hoje: confira-os e depois retome.</translation>
    </message>
    <message>
        <source>The hour's limit of the numbers was reached: look at them, then resume.</source>
        <translation>O limite por hora dos números foi atingido: confira-os e depois retome.</translation>
    </message>
    <message>
        <source>The minute's limit of the numbers was reached: slow the pace down, then resume.</source>
        <translation>O limite por minuto dos números foi atingido: reduza o ritmo e depois retome.</translation>
    </message>
    <message>
        <source>What answers at this address is not Meta's Cloud API.</source>
        <translation>O que responde neste endereço não é a Cloud API da Meta.</translation>
    </message>
    <message>
        <source>The address is https://graph.facebook.com, unless a proxy stands before it.</source>
        <translation>O endereço é https://graph.facebook.com, a não ser que haja um proxy no caminho.</translation>
    </message>
    <message>
        <source>Meta does not accept this token.</source>
        <translation>A Meta não aceita este token.</translation>
    </message>
    <message>
        <source>Make a token of a system user in Meta's Business Manager: it does not expire.</source>
        <translation>Gere um token de usuário do sistema no Gerenciador de Negócios da Meta: ele não expira.</translation>
    </message>
    <message>
        <source>The token is right, but lacks a permission.</source>
        <translation>O token está certo, mas falta uma permissão.</translation>
    </message>
    <message>
        <source>It needs whatsapp_business_messaging and whatsapp_business_management for this account.</source>
        <translation>Ele precisa de whatsapp_business_messaging e whatsapp_business_management para esta conta.</translation>
    </message>
    <message>
        <source>Meta does not know this phone number id, or the token may not see it.</source>
        <translation>A Meta não conhece este ID de número de telefone, ou o token não tem acesso a ele.</translation>
    </message>
    <message>
        <source>Copy the phone number id from WhatsApp Manager; it is not the number itself.</source>
        <translation>Copie o ID do número de telefone no Gerenciador do WhatsApp; ele não é o próprio número.</translation>
    </message>
    <message>
        <source>Meta does not know this WhatsApp Business Account, or the token may not see it.</source>
        <translation>A Meta não conhece esta conta do WhatsApp Business, ou o token não tem acesso a ela.</translation>
    </message>
    <message>
        <source>Copy its id from WhatsApp Manager, and assign the account to the token's user.</source>
        <translation>Copie o ID dela no Gerenciador do WhatsApp e atribua a conta ao usuário do token.</translation>
    </message>
    <message>
        <source>This number belongs to another WhatsApp Business Account.</source>
        <translation>Este número pertence a outra conta do WhatsApp Business.</translation>
    </message>
    <message>
        <source>Take number and account from the same page of WhatsApp Manager.</source>
        <translation>Pegue o número e a conta na mesma página do Gerenciador do WhatsApp.</translation>
    </message>
    <message>
        <source>The id of the WhatsApp Business Account is missing.</source>
        <translation>Falta o ID da conta do WhatsApp Business.</translation>
    </message>
    <message>
        <source>Copy its id from WhatsApp Manager.</source>
        <translation>Copie o ID dela no Gerenciador do WhatsApp.</translation>
    </message>
    <message>
        <source>The number's ids at Meta are missing.</source>
        <translation>Faltam os IDs do número na Meta.</translation>
    </message>
    <message>
        <source>Give the ids of the phone number and of the WhatsApp Business Account.</source>
        <translation>Informe os IDs do número de telefone e da conta do WhatsApp Business.</translation>
    </message>
    <message>
        <source>This template is not known in any account of the campaign's numbers.</source>
        <translation>Nenhuma conta dos números da campanha tem este modelo.</translation>
    </message>
    <message>
        <source>Read the list of templates again, or choose another one.</source>
        <translation>Atualize a lista de modelos ou escolha outro.</translation>
    </message>
    <message>
        <source>Meta cannot be asked whether a message left, and no receipt has come for it.</source>
        <translation>Não dá para perguntar à Meta se a mensagem saiu, e nenhuma confirmação chegou.</translation>
    </message>
    <message>
        <source>Meta rates the quality of this number as low.</source>
        <translation>A Meta classifica a qualidade deste número como baixa.</translation>
    </message>
    <message>
        <source>Find out what people block or report before you resume it.</source>
        <translation>Descubra o que leva as pessoas a bloquear ou denunciar antes de retomar.</translation>
    </message>
    <message>
        <source>WhatsApp refused several messages of this number in a row.</source>
        <translation>O WhatsApp recusou várias mensagens seguidas deste número.</translation>
    </message>
    <message>
        <source>Look at its state in WhatsApp before you resume it, and slow down.</source>
        <translation>Veja a situação dele no WhatsApp antes de retomar e diminua o ritmo.</translation>
    </message>
    <message>
        <source>Only numbers of the Cloud API have templates and facts at Meta.</source>
        <translation>Só números da Cloud API têm modelos e dados na Meta.</translation>
    </message>
    <message>
        <source>Meta does not tell this about the number.</source>
        <translation>A Meta não informou isso sobre o número.</translation>
    </message>
    <message>
        <source>Test its connection: the answer says what is missing.</source>
        <translation>Teste a conexão: a resposta diz o que falta.</translation>
    </message>
    <message>
        <source>No connected number can tell who is on WhatsApp.</source>
        <translation>Nenhum número conectado consegue dizer quem está no WhatsApp.</translation>
    </message>
    <message>
        <source>Connect a number of Evolution API or WAHA.</source>
        <translation>Conecte um número da Evolution API ou do WAHA.</translation>
    </message>
    <message>
        <source>This number cannot tell who is on WhatsApp.</source>
        <translation>Este número não consegue dizer quem está no WhatsApp.</translation>
    </message>
    <message>
        <source>Choose a number of Evolution API or WAHA.</source>
        <translation>Escolha um número da Evolution API ou do WAHA.</translation>
    </message>
    <message>
        <source>The gateway does not answer any more.</source>
        <translation>O gateway parou de responder.</translation>
    </message>
    <message>
        <source>What it had answered is kept; look at the number and go on later.</source>
        <translation>O que ele respondeu foi guardado; veja o número e continue mais tarde.</translation>
    </message>
    <message>
        <source>Your team still has replies to answer; goes on {until}.</source>
        <translation>Sua equipe ainda tem respostas para atender; continua {until}.</translation>
    </message>
    <message>
        <source>Your team has more replies to answer than it can in an hour.</source>
        <translation>Sua equipe tem mais respostas para atender do que consegue em uma hora.</translation>
    </message>
    <message>
        <source>Write one, or say what you want.</source>
        <translation>Escreva uma ou diga o que você quer.</translation>
    </message>
    <message>
        <source>What is written stays. Agree to a higher cap to go on.</source>
        <translation>O que já foi escrito fica. Autorize um teto maior para continuar.</translation>
    </message>
    <message>
        <source>There is no message without mistakes that texts could be made of.</source>
        <translation>Não há uma mensagem sem erros da qual fazer os textos.</translation>
    </message>
    <message>
        <source>The texts are being written.</source>
        <translation>Os textos estão sendo escritos.</translation>
    </message>
    <message>
        <source>The cap of what the texts may cost is reached.</source>
        <translation>O teto de custo dos textos foi atingido.</translation>
    </message>
    <message>
        <source>The campaign was started: its texts stay as they are.</source>
        <translation>A campanha já começou: os textos dela ficam como estão.</translation>
    </message>
    <message>
        <source>The AI stopped in the middle of the text.</source>
        <translation>A IA parou no meio do texto.</translation>
    </message>
    <message>
        <source>Some texts for one person each have not been read.</source>
        <translation>Alguns textos individuais ainda não foram lidos.</translation>
    </message>
    <message>
        <source>Some people have no accepted text of their own.</source>
        <translation>Algumas pessoas não têm um texto próprio aceito.</translation>
    </message>
    <message>
        <source>Say in Message whether they get the ordinary message or are left out.</source>
        <translation>Diga em Mensagem se elas recebem a mensagem comum ou ficam de fora.</translation>
    </message>
    <message>
        <source>Pause it first.</source>
        <translation>Pause primeiro.</translation>
    </message>
    <message>
        <source>Nobody is in the audience yet.</source>
        <translation>Ainda não há ninguém no público.</translation>
    </message>
    <message>
        <source>Nobody has agreed to send these fields of contacts to this AI.</source>
        <translation>Ninguém autorizou enviar estes campos dos contatos a esta IA.</translation>
    </message>
    <message>
        <source>Mend it, or leave it as it was.</source>
        <translation>Corrija ou deixe como estava.</translation>
    </message>
    <message>
        <source>Look at what would leave, and agree, first.</source>
        <translation>Veja antes o que seria enviado e autorize.</translation>
    </message>
    <message>
        <source>Duplicate it to write others.</source>
        <translation>Duplique a campanha para escrever outros.</translation>
    </message>
    <message>
        <source>Discard the texts, or choose a message without a template.</source>
        <translation>Descarte os textos ou escolha uma mensagem sem modelo.</translation>
    </message>
    <message>
        <source>Choose in Audience who receives the message.</source>
        <translation>Escolha em Público quem recebe a mensagem.</translation>
    </message>
    <message>
        <source>Ask for a shorter one, or raise the limit of the endpoint.</source>
        <translation>Peça um texto mais curto ou aumente o limite do serviço.</translation>
    </message>
    <message>
        <source>Accept or refuse them in Message, A text for each person.</source>
        <translation>Aceite ou recuse cada um em Mensagem, Um texto por pessoa.</translation>
    </message>
    <message>
        <source>A text that is empty or too long cannot be sent.</source>
        <translation>Um texto vazio ou longo demais não pode ser enviado.</translation>
    </message>
    <message>
        <source>A template of Meta cannot be replaced by a text for each person.</source>
        <translation>Um modelo da Meta não pode ser trocado por um texto para cada pessoa.</translation>
    </message>
    <message>
        <source>Access refused</source>
        <translation>Acesso recusado</translation>
    </message>
    <message>
        <source>The program was closing: nothing had left.</source>
        <translation>O programa estava fechando: nada tinha saído.</translation>
    </message>
    <message>
        <source>The data folder was busy for too long, or the computer slept: nothing had left.</source>
        <translation>A pasta de dados ficou ocupada por tempo demais, ou o computador dormiu: nada tinha saído.</translation>
    </message>
    <message>
        <source>It goes on by itself.</source>
        <translation>Continua sozinho.</translation>
    </message>
    <message>
        <source>This number is here already, as “{name}”.</source>
        <translation>Este número já está aqui, como “{name}”.</translation>
    </message>
    <message>
        <source>Change that one, or remove it first.</source>
        <translation>Altere aquele, ou remova-o primeiro.</translation>
    </message>
    <message>
        <source>The gateway tried and gave up. Connect restarts it, and shows a code if the phone has to be linked again.</source>
        <translation>O gateway tentou e desistiu. Conectar reinicia e mostra um código se for preciso vincular o celular de novo.</translation>
    </message>
    <message>
        <source>Stopped at the gateway</source>
        <translation>Parado no gateway</translation>
    </message>
    <message>
        <source>Somebody has stopped it there. Connect starts it again, without a new scan as long as the phone is linked.</source>
        <translation>Alguém o parou lá. Conectar inicia de novo, sem nova leitura do código enquanto o celular estiver vinculado.</translation>
    </message>
    <message>
        <source>Connection failed</source>
        <translation>Conexão falhou</translation>
    </message>
</context>
<context>
    <name>_ProgressCard</name>
    <message>
        <source>Rate</source>
        <translation>Ritmo</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Tempo restante</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Agora</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Término</translation>
    </message>
</context>
<context>
    <name>RhythmCard</name>
    <message>
        <source>While more replies wait than your team answers in an hour, nothing more leaves.</source>
        <translation>Enquanto houver mais respostas esperando do que sua equipe atende em uma hora, nada mais sai.</translation>
    </message>
    <message>
        <source>Replies that your team can answer per hour</source>
        <translation>Respostas que sua equipe consegue atender por hora</translation>
    </message>
    <message>
        <source>Do not wait for the team</source>
        <translation>Não esperar pela equipe</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>The sending hours are over by the time that the rest is free.</source>
        <translation>Quando o resto estiver livre, o horário de envio já terá acabado.</translation>
    </message>
    <message>
        <source>The gateway is asked as long as that can help. You can also decide, under In doubt.</source>
        <translation>O gateway é consultado enquanto isso puder ajudar. Você também pode decidir, em Em dúvida.</translation>
    </message>
    <message>
        <source>It goes on by itself; nobody has to do anything.</source>
        <translation>Continua sozinho; ninguém precisa fazer nada.</translation>
    </message>
    <message>
        <source>{n} replies wait; the team answers {per_hour} an hour</source>
        <translation>{n} respostas esperam; a equipe responde {per_hour} por hora</translation>
    </message>
</context>
<context>
    <name>InstanceWords</name>
    <message>
        <source>No answer</source>
        <translation>Sem resposta</translation>
    </message>
    <message>
        <source>Without another number nothing of them leaves until this one is back.</source>
        <translation>Sem outro número, nada delas sai até este voltar.</translation>
    </message>
    <message>
        <source>Nothing more of them leaves until you give them another number.</source>
        <translation>Nada mais delas sai até você dar outro número.</translation>
    </message>
    <message>
        <source>{n} running campaigns use it: {names}.</source>
        <translation>{n} campanhas em envio usam este número: {names}.</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} e mais {n}</translation>
    </message>
    <message>
        <source>Without another number, waiting until this one is back: {alone}.</source>
        <translation>Sem outro número, espera até este voltar: {alone}.</translation>
    </message>
    <message>
        <source>Without another number nothing of it leaves until this one is back.</source>
        <translation>Sem outro número, nada dela sai até este voltar.</translation>
    </message>
    <message>
        <source>What is left goes on through the other numbers.</source>
        <translation>O que falta continua pelos outros números.</translation>
    </message>
    <message>
        <source>Nothing more of it leaves until you give it another number.</source>
        <translation>Nada mais dela sai até você dar outro número.</translation>
    </message>
    <message>
        <source>Left without any number, waiting until you give it one: {alone}.</source>
        <translation>Fica sem nenhum número e espera até você dar outro: {alone}.</translation>
    </message>
    <message>
        <source>A running campaign uses it: {names}.</source>
        <translation>Uma campanha em envio usa este número: {names}.</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>Sending has stopped: {why} It starts again by itself at {time}.</source>
        <translation>O envio parou: {why} Recomeça sozinho às {time}.</translation>
    </message>
    <message>
        <source>Stopping: waiting for the answers to what is on its way ({messages}).</source>
        <translation>Parando: aguardando as respostas do que já saiu ({messages}).</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>{n} waiting for their turn</source>
        <translation>{n} na fila</translation>
    </message>
</context>
<context>
    <name>ProofWords</name>
    <message>
        <source>WhatsApp took it, and said later that it did not arrive and may be sent again.</source>
        <translation>O WhatsApp aceitou e avisou depois que não chegou e que pode ser enviada de novo.</translation>
    </message>
    <message>
        <source>Not received: not delivered</source>
        <translation>Não recebida: não entregue</translation>
    </message>
</context>
<context>
    <name>Plan</name>
    <message>
        <source>It pauses at a limit of its numbers, and goes on when you resume it.</source>
        <translation>Ela pausa num limite dos números e continua quando você a retomar.</translation>
    </message>
</context>
</TS>
