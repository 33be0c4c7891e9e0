<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>Checks</name>
    <message>
        <source>The data folder can be used: {folder}</source>
        <translation>A pasta de dados pode ser usada: {folder}</translation>
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
        <source>The database is sound, and every count agrees with its rows.</source>
        <translation>O banco de dados está íntegro, e cada contagem confere com suas linhas.</translation>
    </message>
    <message>
        <source>The database contradicts itself: {problems}</source>
        <translation>O banco de dados se contradiz: {problems}</translation>
    </message>
    <message>
        <source>Stop sending, keep a copy of the data folder, and report this.</source>
        <translation>Pare de enviar, guarde uma cópia da pasta de dados e relate isto.</translation>
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
        <translation>As chaves dos gateways estão em um arquivo que qualquer pessoa com uma cópia da pasta de dados consegue abrir.</translation>
    </message>
    <message>
        <source>This computer has no keyring. Set CADENCIA_PASSPHRASE and add the numbers again to protect the file.</source>
        <translation>Este computador não tem chaveiro. Defina CADENCIA_PASSPHRASE e adicione os números de novo para proteger o arquivo.</translation>
    </message>
    <message>
        <source>The keys of the gateways are only in memory.</source>
        <translation>As chaves dos gateways estão apenas na memória.</translation>
    </message>
    <message>
        <source>Nothing sends from this data folder right now.</source>
        <translation>Nada envia desta pasta de dados agora.</translation>
    </message>
    <message>
        <source>Messages are sent from this data folder by: {holder}</source>
        <translation>Mensagens são enviadas desta pasta de dados por: {holder}</translation>
    </message>
    <message>
        <source>The clock agrees with what is recorded.</source>
        <translation>O relógio confere com o que está registrado.</translation>
    </message>
    <message>
        <source>The clock is {behind_s} seconds behind what is already recorded.</source>
        <translation>O relógio está {behind_s} segundos atrás do que já está registrado.</translation>
    </message>
    <message>
        <source>Set the clock: limits would make you wait longer than needed.</source>
        <translation>Acerte o relógio: os limites fariam esperar mais do que o preciso.</translation>
    </message>
    <message>
        <source>{name}: connected.</source>
        <translation>{name}: conectado.</translation>
    </message>
    <message>
        <source>{name} cannot send now: {state}.</source>
        <translation>{name} não pode enviar agora: {state}.</translation>
    </message>
    <message>
        <source>Look at it in Instances, or run: instance check</source>
        <translation>Veja-o em Instâncias, ou execute: instance check</translation>
    </message>
    <message>
        <source>{name} cannot be used: its key is missing or cannot be read.</source>
        <translation>{name} não pode ser usado: a chave está faltando ou não pode ser lida.</translation>
    </message>
    <message>
        <source>Remove the number and add it again with its key.</source>
        <translation>Remova o número e adicione-o de novo com a chave.</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>This file is a web page or a document, not a table.</source>
        <translation>Este arquivo é uma página da web ou um documento, não uma tabela.</translation>
    </message>
    <message>
        <source>Open it in Excel or LibreOffice and save it as XLSX or CSV.</source>
        <translation>Abra no Excel ou no LibreOffice e salve como XLSX ou CSV.</translation>
    </message>
    <message>
        <source>The file could not be read to its end: its reader ended.</source>
        <translation>O arquivo não pôde ser lido até o fim: o leitor parou.</translation>
    </message>
    <message>
        <source>Close other programs, to have more memory free, and try again.</source>
        <translation>Feche outros programas para liberar memória e tente de novo.</translation>
    </message>
    <message>
        <source>A test number of WhatsApp may only write to the phones on its list.</source>
        <translation>Um número de teste do WhatsApp só pode escrever para os telefones da sua lista.</translation>
    </message>
    <message>
        <source>Add the phone to the list in Meta's developer pages, or send with a real number.</source>
        <translation>Inclua o telefone na lista, nas páginas de desenvolvedor da Meta, ou envie com um número real.</translation>
    </message>
    <message>
        <source>This person's WhatsApp cannot show this kind of message.</source>
        <translation>O WhatsApp desta pessoa não consegue mostrar este tipo de mensagem.</translation>
    </message>
    <message>
        <source>This person's phone has changed, and WhatsApp wants that confirmed first.</source>
        <translation>O aparelho desta pessoa mudou, e o WhatsApp quer isso confirmado antes.</translation>
    </message>
    <message>
        <source>WhatsApp holds the message back for this person because of a trial of its own.</source>
        <translation>O WhatsApp retém a mensagem para esta pessoa por causa de um teste dele mesmo.</translation>
    </message>
    <message>
        <source>WhatsApp refused this message.</source>
        <translation>O WhatsApp recusou esta mensagem.</translation>
    </message>
    <message>
        <source>WhatsApp does not accept the template as it was filled in.</source>
        <translation>O WhatsApp não aceita o modelo como foi preenchido.</translation>
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
        <translation>Use outro modelo, ou espere até que ele volte a ser permitido.</translation>
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
        <translation>O WhatsApp não deixa esta conta escrever para este país.</translation>
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
        <translation>Anexe-o de novo e envie uma nova campanha para estas pessoas.</translation>
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
        <source>Reports of this kind cannot be written yet.</source>
        <translation>Relatórios deste tipo ainda não podem ser gravados.</translation>
    </message>
    <message>
        <source>Choose JSON or CSV.</source>
        <translation>Escolha JSON ou CSV.</translation>
    </message>
    <message>
        <source>Nobody failed for a reason that can pass.</source>
        <translation>Ninguém falhou por um motivo que possa passar.</translation>
    </message>
    <message>
        <source>Open it in Excel or LibreOffice and save it again.</source>
        <translation>Abra no Excel ou no LibreOffice e salve de novo.</translation>
    </message>
    <message>
        <source>Save it without the password, then choose it again.</source>
        <translation>Salve sem a senha e escolha o arquivo de novo.</translation>
    </message>
    <message>
        <source>This file is no spreadsheet, or it is damaged.</source>
        <translation>Este arquivo não é uma planilha ou está danificado.</translation>
    </message>
    <message>
        <source>This file is protected by a password.</source>
        <translation>Este arquivo está protegido por senha.</translation>
    </message>
    <message>
        <source>Only what has passed can be removed.</source>
        <translation>Só dá para remover o que já passou.</translation>
    </message>
    <message>
        <source>Choose an earlier moment.</source>
        <translation>Escolha um momento anterior.</translation>
    </message>
    <message>
        <source>It was not said which events are to go.</source>
        <translation>Não foi dito quais eventos devem sair.</translation>
    </message>
    <message>
        <source>Say --before and a moment.</source>
        <translation>Informe --before e um momento.</translation>
    </message>
    <message>
        <source>Choose JSON, CSV, XLSX or PDF.</source>
        <translation>Escolha JSON, CSV, XLSX ou PDF.</translation>
    </message>
    <message>
        <source>A tag must have a name.</source>
        <translation>A etiqueta precisa de um nome.</translation>
    </message>
    <message>
        <source>Choose another audience.</source>
        <translation>Escolha outro público.</translation>
    </message>
    <message>
        <source>Look at each rule again.</source>
        <translation>Confira cada regra.</translation>
    </message>
    <message>
        <source>Nothing of it was kept.</source>
        <translation>Nada dela foi guardado.</translation>
    </message>
    <message>
        <source>Only the newest one can be undone, once.</source>
        <translation>Só a mais recente pode ser desfeita, uma vez.</translation>
    </message>
    <message>
        <source>The import was cancelled.</source>
        <translation>A importação foi cancelada.</translation>
    </message>
    <message>
        <source>The rules of the segment cannot be used.</source>
        <translation>As regras do segmento não podem ser usadas.</translation>
    </message>
    <message>
        <source>The saved segment is not there any more.</source>
        <translation>O segmento salvo não existe mais.</translation>
    </message>
    <message>
        <source>There is no import to undo.</source>
        <translation>Não há importação para desfazer.</translation>
    </message>
</context>
</TS>
