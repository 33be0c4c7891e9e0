<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>AddInstanceDialog</name>
    <message>
        <source>Add number</source>
        <translation>Adicionar número</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Testar conexão</translation>
    </message>
    <message>
        <source>Name in Cadência</source>
        <translation>Nome no Cadência</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Avançar</translation>
    </message>
    <message>
        <source>Which gateway has the number?</source>
        <translation>Em qual gateway está o número?</translation>
    </message>
    <message>
        <source>Its name and its limits</source>
        <translation>Nome e limites</translation>
    </message>
    <message>
        <source>Asking the gateway…</source>
        <translation>Consultando o gateway…</translation>
    </message>
    <message>
        <source>There is a number with this name.</source>
        <translation>Já existe um número com este nome.</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aquecimento</translation>
    </message>
    <message>
        <source>You can change it later, and draw your own curve.</source>
        <translation>Você pode mudar isso depois e desenhar a sua própria curva.</translation>
    </message>
    <message>
        <source>Name of {number}</source>
        <translation>Nome de {number}</translation>
    </message>
    <message>
        <source>Two numbers cannot have one name.</source>
        <translation>Dois números não podem ter o mesmo nome.</translation>
    </message>
</context>
<context>
    <name>AudienceStep</name>
    <message>
        <source>Whoever meets its rules when the campaign starts</source>
        <translation>Quem atender às regras dele quando a campanha começar</translation>
    </message>
    <message>
        <source>A segment</source>
        <translation>Um segmento</translation>
    </message>
    <message>
        <source>Who gets this campaign?</source>
        <translation>Quem recebe esta campanha?</translation>
    </message>
    <message>
        <source>Import contacts…</source>
        <translation>Importar contatos…</translation>
    </message>
    <message>
        <source>All contacts</source>
        <translation>Todos os contatos</translation>
    </message>
    <message>
        <source>Contacts with a tag</source>
        <translation>Contatos com uma etiqueta</translation>
    </message>
    <message>
        <source>Whoever has at least one of the chosen tags</source>
        <translation>Quem tem pelo menos uma das etiquetas escolhidas</translation>
    </message>
    <message>
        <source>A list of phone numbers</source>
        <translation>Uma lista de telefones</translation>
    </message>
    <message>
        <source>Pasted from a spreadsheet or a note</source>
        <translation>Colada de uma planilha ou de uma anotação</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiquetas</translation>
    </message>
    <message>
        <source>Phone numbers</source>
        <translation>Telefones</translation>
    </message>
    <message>
        <source>One a line, or separated by commas. Numbers without +55 are Brazilian.</source>
        <translation>Um por linha ou separados por vírgulas. Números sem código de país são do Brasil (+55).</translation>
    </message>
    <message>
        <source>Will receive the message</source>
        <translation>Vão receber a mensagem</translation>
    </message>
    <message>
        <source>Leave out who opted out</source>
        <translation>Deixar de fora quem pediu para sair</translation>
    </message>
    <message>
        <source>Sending to people who asked to stop is against the law.</source>
        <translation>Enviar para quem pediu para sair é contra a lei.</translation>
    </message>
    <message>
        <source>Leave out who is in a conversation</source>
        <translation>Deixar de fora quem está em conversa</translation>
    </message>
    <message>
        <source>People who are talking to your team at this moment.</source>
        <translation>Pessoas que estão conversando com a sua equipe neste momento.</translation>
    </message>
    <message>
        <source>For example</source>
        <translation>Por exemplo</translation>
    </message>
    <message>
        <source>The people were chosen when the campaign started.</source>
        <translation>As pessoas foram definidas quando a campanha começou.</translation>
    </message>
    <message>
        <source>To send to others, duplicate the campaign.</source>
        <translation>Para enviar a outras, duplique a campanha.</translation>
    </message>
    <message>
        <source>No contact has a tag yet. Tags come with an import.</source>
        <translation>Nenhum contato tem etiqueta ainda. As etiquetas vêm com a importação.</translation>
    </message>
    <message>
        <source>Choose who gets it.</source>
        <translation>Escolha quem recebe.</translation>
    </message>
    <message>
        <source>{people} opted out and will not receive it</source>
        <translation>Já pediram para sair e não recebem: {people}</translation>
    </message>
    <message>
        <source>Nobody among them opted out</source>
        <translation>Ninguém entre essas pessoas pediu para sair</translation>
    </message>
    <message>
        <source>No name</source>
        <translation>Sem nome</translation>
    </message>
    <message>
        <source>{count} valid</source>
        <translation>{count} válidos</translation>
    </message>
    <message>
        <source>{count} repeated</source>
        <translation>{count} repetidos</translation>
    </message>
    <message>
        <source>{count} not understood</source>
        <translation>{count} não reconhecidos</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>… e mais {count}</translation>
    </message>
    <message>
        <source>Without a recorded consent, and left out: {people}</source>
        <translation>Sem consentimento registrado, ficam de fora: {people}</translation>
    </message>
</context>
<context>
    <name>CheckRow</name>
    <message>
        <source>Go there</source>
        <translation>Ir até lá</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Mostrar quem</translation>
    </message>
</context>
<context>
    <name>ConnectDialog</name>
    <message>
        <source>Connect {name}</source>
        <translation>Conectar {name}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Open WhatsApp on the phone of this number.</source>
        <translation>Abra o WhatsApp no celular deste número.</translation>
    </message>
    <message>
        <source>Go to Settings, then Linked devices.</source>
        <translation>Vá em Configurações e depois em Aparelhos conectados.</translation>
    </message>
    <message>
        <source>Tap Link a device and point the phone at this code.</source>
        <translation>Toque em Conectar um aparelho e aponte o celular para este código.</translation>
    </message>
    <message>
        <source>or type this code on the phone</source>
        <translation>ou digite este código no celular</translation>
    </message>
    <message>
        <source>Asking for a code…</source>
        <translation>Pedindo um código…</translation>
    </message>
    <message>
        <source>Scan this code with the phone</source>
        <translation>Leia este código com o celular</translation>
    </message>
    <message>
        <source>The gateway does not answer</source>
        <translation>O gateway não responde</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Conectado</translation>
    </message>
    <message>
        <source>The gateway is preparing it; this takes a few seconds.</source>
        <translation>O gateway está preparando o código; isso leva alguns segundos.</translation>
    </message>
    <message>
        <source>It is asked again every few seconds. Check that the gateway runs.</source>
        <translation>Ele é consultado de novo a cada poucos segundos. Verifique se o gateway está no ar.</translation>
    </message>
    <message>
        <source>{name} can send now. You may close this window.</source>
        <translation>{name} já pode enviar. Você pode fechar esta janela.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Concluir</translation>
    </message>
    <message>
        <source>A new code comes in {seconds} s</source>
        <translation>Um novo código aparece em {seconds} s</translation>
    </message>
    <message>
        <source>Waiting for a new code…</source>
        <translation>Aguardando um novo código…</translation>
    </message>
    <message>
        <source>Code by phone number</source>
        <translation>Código pelo número</translation>
    </message>
    <message>
        <source>Connect without the camera</source>
        <translation>Conectar sem a câmera</translation>
    </message>
    <message>
        <source>Get a new code</source>
        <translation>Gerar outro código</translation>
    </message>
    <message>
        <source>Get the code</source>
        <translation>Gerar código</translation>
    </message>
    <message>
        <source>How to connect</source>
        <translation>Como conectar</translation>
    </message>
    <message>
        <source>No code for this phone</source>
        <translation>Nenhum código para este telefone</translation>
    </message>
    <message>
        <source>On that phone, open WhatsApp, Settings, Linked devices.</source>
        <translation>Nesse telefone, abra WhatsApp, Configurações, Dispositivos conectados.</translation>
    </message>
    <message>
        <source>Phone of this number, with area code</source>
        <translation>Telefone deste número, com DDD</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>Código QR</translation>
    </message>
    <message>
        <source>Tap Link a device, then Link with phone number instead.</source>
        <translation>Toque em Conectar dispositivo e depois em Conectar com número de telefone.</translation>
    </message>
    <message>
        <source>The phone gets no message: you type a code.</source>
        <translation>O telefone não recebe mensagem: você digita um código nele.</translation>
    </message>
    <message>
        <source>This is not a phone number.</source>
        <translation>Isto não é um número de telefone.</translation>
    </message>
    <message>
        <source>Type this code on the phone</source>
        <translation>Digite este código no telefone</translation>
    </message>
    <message>
        <source>Type this code there.</source>
        <translation>Digite este código ali.</translation>
    </message>
</context>
<context>
    <name>Contacts</name>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiquetas</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentimento</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Incluído em</translation>
    </message>
    <message>
        <source>Opted out {day}</source>
        <translation>Pediu para sair em {day}</translation>
    </message>
    <message>
        <source>May receive</source>
        <translation>Pode receber</translation>
    </message>
    <message>
        <source>No name</source>
        <translation>Sem nome</translation>
    </message>
    <message>
        <source>Tag “{tag}” put on {people}.</source>
        <translation>Etiqueta “{tag}” adicionada a {people}.</translation>
    </message>
    <message>
        <source>Tag “{tag}” taken off {people}.</source>
        <translation>Etiqueta “{tag}” removida de {people}.</translation>
    </message>
    <message>
        <source>Undone for {people}.</source>
        <translation>Desfeito para {people}.</translation>
    </message>
    <message>
        <source>Opted out: {people}.</source>
        <translation>Descadastro feito: {people}.</translation>
    </message>
    <message>
        <source>{people} written to {file}.</source>
        <translation>{people} salvas em {file}.</translation>
    </message>
    <message>
        <source>Erased</source>
        <translation>Apagado</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Registrado</translation>
    </message>
    <message>
        <source>Not recorded</source>
        <translation>Sem registro</translation>
    </message>
</context>
<context>
    <name>ContactsPage</name>
    <message>
        <source>Paste from a spreadsheet</source>
        <translation>Colar de uma planilha</translation>
    </message>
    <message>
        <source>Bring your list from a spreadsheet or from a phone. Choose the file, drag it onto this window, or copy the cells and paste them.</source>
        <translation>Traga sua lista de uma planilha ou do celular. Escolha o arquivo, arraste-o para esta janela, ou copie as células e cole aqui.</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>Segmentos</translation>
    </message>
    <message>
        <source>People in the segment “{name}”</source>
        <translation>Pessoas do segmento “{name}”</translation>
    </message>
    <message>
        <source>Opted out</source>
        <translation>Pediu para sair</translation>
    </message>
    <message>
        <source>No consent recorded</source>
        <translation>Sem consentimento registrado</translation>
    </message>
    <message>
        <source>Consent recorded</source>
        <translation>Com consentimento registrado</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentimento</translation>
    </message>
    <message>
        <source>Any consent</source>
        <translation>Qualquer consentimento</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Contatos</translation>
    </message>
    <message>
        <source>People who asked to hear from you</source>
        <translation>Pessoas que pediram para receber notícias suas</translation>
    </message>
    <message>
        <source>Import contacts…</source>
        <translation>Importar contatos…</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Nobody matches</source>
        <translation>Ninguém encontrado</translation>
    </message>
    <message>
        <source>Show all contacts</source>
        <translation>Mostrar todos os contatos</translation>
    </message>
    <message>
        <source>No contact yet</source>
        <translation>Nenhum contato ainda</translation>
    </message>
    <message>
        <source>All tags</source>
        <translation>Todas as etiquetas</translation>
    </message>
    <message>
        <source>{people} added</source>
        <translation>Contatos adicionados: {people}</translation>
    </message>
    <message>
        <source>Bring your list from a spreadsheet or from a phone. Choose the file, or drop it here.</source>
        <translation>Traga sua lista de uma planilha ou da agenda do celular. Escolha o arquivo ou solte-o aqui.</translation>
    </message>
    <message>
        <source>Import undone: {people} removed</source>
        <translation>Importação desfeita: removidos {people}</translation>
    </message>
    <message>
        <source>Name, phone, tag or field…</source>
        <translation>Nome, telefone, etiqueta ou campo…</translation>
    </message>
    <message>
        <source>No contact has this in the name, the phone, a tag or a field.</source>
        <translation>Nenhum contato tem isso no nome, no telefone, em uma etiqueta ou em um campo.</translation>
    </message>
    <message>
        <source>{name} was changed.</source>
        <translation>{name} foi alterado(a).</translation>
    </message>
    <message>
        <source>{name} was erased</source>
        <translation>{name} foi apagado(a)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Written to {file}</source>
        <translation>Gravado em {file}</translation>
    </message>
    <message>
        <source>Check on WhatsApp…</source>
        <translation>Verificar no WhatsApp…</translation>
    </message>
</context>
<context>
    <name>EditorPage</name>
    <message>
        <source>Audience</source>
        <translation>Público</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensagem</translation>
    </message>
    <message>
        <source>Numbers and pace</source>
        <translation>Números e ritmo</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>Back to the campaigns</source>
        <translation>Voltar às campanhas</translation>
    </message>
    <message>
        <source>Name of the campaign</source>
        <translation>Nome da campanha</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>Etapa anterior</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Próxima etapa</translation>
    </message>
    <message>
        <source>New campaign</source>
        <translation>Nova campanha</translation>
    </message>
    <message>
        <source>This campaign cannot be edited now.</source>
        <translation>Esta campanha não pode ser editada agora.</translation>
    </message>
    <message>
        <source>Pause it first, or duplicate it.</source>
        <translation>Pause-a primeiro ou duplique-a.</translation>
    </message>
    <message>
        <source>You are editing a paused campaign.</source>
        <translation>Você está editando uma campanha pausada.</translation>
    </message>
    <message>
        <source>Changes count from the next message on.</source>
        <translation>As mudanças valem a partir da próxima mensagem.</translation>
    </message>
    <message>
        <source>{count} variations</source>
        <translation>{count} variações</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 mensagem</translation>
    </message>
    <message>
        <source>Nobody in it</source>
        <translation>Ninguém neste público</translation>
    </message>
    <message>
        <source>Check and start</source>
        <translation>Verificar e iniciar</translation>
    </message>
    <message>
        <source>{count} to mend</source>
        <translation>{count} a corrigir</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Tudo pronto</translation>
    </message>
</context>
<context>
    <name>EditorWords</name>
    <message>
        <source>{hours}, not on public holidays ({country})</source>
        <translation>{hours}, menos em feriados ({country})</translation>
    </message>
    <message>
        <source>{hours} of the next day</source>
        <translation>{hours} do dia seguinte</translation>
    </message>
    <message>
        <source>No segment chosen yet</source>
        <translation>Nenhum segmento escolhido</translation>
    </message>
    <message>
        <source>Nobody chosen yet</source>
        <translation>Ninguém escolhido ainda</translation>
    </message>
    <message>
        <source>No tag chosen yet</source>
        <translation>Nenhuma etiqueta escolhida</translation>
    </message>
    <message>
        <source>No phone number yet</source>
        <translation>Nenhum telefone ainda</translation>
    </message>
    <message>
        <source>No message yet</source>
        <translation>Nenhuma mensagem ainda</translation>
    </message>
    <message>
        <source>Nothing written yet</source>
        <translation>Nada escrito ainda</translation>
    </message>
    <message>
        <source>Message too long</source>
        <translation>Mensagem longa demais</translation>
    </message>
    <message>
        <source>Something to mend in the text</source>
        <translation>Há algo a corrigir no texto</translation>
    </message>
    <message>
        <source>No number chosen yet</source>
        <translation>Nenhum número escolhido</translation>
    </message>
    <message>
        <source>No day chosen for sending</source>
        <translation>Nenhum dia escolhido para enviar</translation>
    </message>
    <message>
        <source>The sending hours are empty</source>
        <translation>O horário de envio está vazio</translation>
    </message>
    <message>
        <source>This variable is not closed: it ends with }}.</source>
        <translation>Esta variável não foi fechada: ela termina com }}.</translation>
    </message>
    <message>
        <source>Nothing between the braces: write a field, such as {{name}}.</source>
        <translation>Não há nada entre as chaves: escreva um campo, como {{nome}}.</translation>
    </message>
    <message>
        <source>There is no field “{detail}”.</source>
        <translation>Não existe o campo “{detail}”.</translation>
    </message>
    <message>
        <source>There is no filter “{detail}”.</source>
        <translation>Não existe o filtro “{detail}”.</translation>
    </message>
    <message>
        <source>The filter does not understand “{detail}”.</source>
        <translation>O filtro não entende “{detail}”.</translation>
    </message>
    <message>
        <source>The text for a missing value stands between quotes.</source>
        <translation>O texto para quando falta o valor fica entre aspas.</translation>
    </message>
    <message>
        <source>Variables have two braces: {{name}}.</source>
        <translation>Variáveis têm duas chaves: {{nome}}.</translation>
    </message>
    <message>
        <source>A choice has at least two options: {Hi|Hello}.</source>
        <translation>Uma escolha tem pelo menos duas opções: {Oi|Olá}.</translation>
    </message>
    <message>
        <source>This choice is not closed: it ends with }.</source>
        <translation>Esta escolha não foi fechada: ela termina com }.</translation>
    </message>
    <message>
        <source>This brace closes nothing.</source>
        <translation>Esta chave não fecha nada.</translation>
    </message>
    <message>
        <source>Too many choices inside each other.</source>
        <translation>Há escolhas demais umas dentro das outras.</translation>
    </message>
    <message>
        <source>This contact has no “{detail}”.</source>
        <translation>Este contato não tem “{detail}”.</translation>
    </message>
    <message>
        <source>“{detail}” of this contact is no date.</source>
        <translation>“{detail}” deste contato não é uma data.</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vazio</translation>
    </message>
    <message>
        <source>too short</source>
        <translation>curto demais</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>longo demais</translation>
    </message>
    <message>
        <source>shortened by the spreadsheet, digits are lost</source>
        <translation>abreviado pela planilha, faltam dígitos</translation>
    </message>
    <message>
        <source>has letters</source>
        <translation>contém letras</translation>
    </message>
    <message>
        <source>unknown country code</source>
        <translation>código de país desconhecido</translation>
    </message>
    <message>
        <source>unknown area code</source>
        <translation>DDD desconhecido</translation>
    </message>
    <message>
        <source>area code missing</source>
        <translation>falta o DDD</translation>
    </message>
    <message>
        <source>a service number, nobody reads there</source>
        <translation>número de serviço, ninguém lê mensagens nele</translation>
    </message>
    <message>
        <source>several numbers in one place</source>
        <translation>vários números no mesmo lugar</translation>
    </message>
    <message>
        <source>no valid phone number</source>
        <translation>não é um telefone válido</translation>
    </message>
    <message>
        <source>Variation {letter}</source>
        <translation>Variação {letter}</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nome</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>telefone</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>A qualquer hora</translation>
    </message>
    <message>
        <source>a date, not a phone number</source>
        <translation>uma data, não um telefone</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Baixa</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Alta</translation>
    </message>
    <message>
        <source>Very high</source>
        <translation>Muito alta</translation>
    </message>
    <message>
        <source>Each message is tried once.</source>
        <translation>Cada mensagem é tentada uma única vez.</translation>
    </message>
    <message>
        <source>Up to {attempts} attempts; again after {delays} and so on, {most} at most.</source>
        <translation>Até {attempts} tentativas; de novo após {delays} e assim por diante, no máximo {most}.</translation>
    </message>
    <message>
        <source>Up to {attempts} attempts; again after {delays}.</source>
        <translation>Até {attempts} tentativas; de novo após {delays}.</translation>
    </message>
    <message>
        <source>A gateway that asks for more time gets it.</source>
        <translation>Se o gateway pedir mais tempo, ele é respeitado.</translation>
    </message>
    <message>
        <source>Campaigns that share a number take turns: a message each.</source>
        <translation>Campanhas que dividem um número se revezam: uma mensagem de cada.</translation>
    </message>
    <message>
        <source>On a shared number, {n} messages for each one of a campaign of normal priority.</source>
        <translation>Num número compartilhado, {n} mensagens para cada uma de uma campanha com prioridade normal.</translation>
    </message>
    <message>
        <source>On a shared number, one message for each {n} of a campaign of normal priority.</source>
        <translation>Num número compartilhado, uma mensagem a cada {n} de uma campanha com prioridade normal.</translation>
    </message>
    <message>
        <source>Five campaigns send at once, the most important first.</source>
        <translation>Até cinco campanhas enviam ao mesmo tempo, as mais importantes primeiro.</translation>
    </message>
    <message>
        <source>{people} without “{field}”</source>
        <translation>{people} sem “{field}”</translation>
    </message>
    <message>
        <source>{count} variations</source>
        <translation>{count} variações</translation>
    </message>
    <message>
        <source>WhatsApp does not allow this template: {status}.</source>
        <translation>O WhatsApp não permite este modelo: {status}.</translation>
    </message>
    <message>
        <source>Utility</source>
        <translation>Utilidade</translation>
    </message>
    <message>
        <source>Under review</source>
        <translation>Em análise</translation>
    </message>
    <message>
        <source>The template has no place any more for: {names}.</source>
        <translation>O modelo não tem mais lugar para: {names}.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Template of Meta: {name}</source>
        <translation>Modelo da Meta: {name}</translation>
    </message>
    <message>
        <source>Say what stands in: {names}.</source>
        <translation>Diga o que vai em: {names}.</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Recusado</translation>
    </message>
    <message>
        <source>Paused by Meta</source>
        <translation>Pausado pela Meta</translation>
    </message>
    <message>
        <source>Only single lines are taken in: {names}.</source>
        <translation>Só cabe uma linha em: {names}.</translation>
    </message>
    <message>
        <source>Nothing stands in: {names}.</source>
        <translation>Está vazio: {names}.</translation>
    </message>
    <message>
        <source>Marketing</source>
        <translation>Marketing</translation>
    </message>
    <message>
        <source>It needs a file in its header: {kind}.</source>
        <translation>Precisa de um arquivo no cabeçalho: {kind}.</translation>
    </message>
    <message>
        <source>It has no place for the attached file.</source>
        <translation>Não há lugar nele para o arquivo anexado.</translation>
    </message>
    <message>
        <source>It has a part that cannot be sent from here: {part}.</source>
        <translation>Tem uma parte que não dá para enviar daqui: {part}.</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Cabeçalho</translation>
    </message>
    <message>
        <source>File in the header: {kind}</source>
        <translation>Arquivo no cabeçalho: {kind}</translation>
    </message>
    <message>
        <source>Disabled by Meta</source>
        <translation>Desativado pela Meta</translation>
    </message>
    <message>
        <source>Button {n}: what an answer carries (optional)</source>
        <translation>Botão {n}: o que a resposta traz (opcional)</translation>
    </message>
    <message>
        <source>Button {n}: end of the link</source>
        <translation>Botão {n}: fim do link</translation>
    </message>
    <message>
        <source>Button {n}: code to copy</source>
        <translation>Botão {n}: código a copiar</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>Autenticação</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Aprovado</translation>
    </message>
    <message>
        <source>A file without a text</source>
        <translation>Um arquivo sem texto</translation>
    </message>
</context>
<context>
    <name>EventDrawer</name>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Copiar como JSON</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalhes</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Requisição</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Resposta</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>{rate} rows per second, about {time} left</source>
        <translation>{rate} linhas por segundo, faltam cerca de {time}</translation>
    </message>
    <message>
        <source>Import contacts</source>
        <translation>Importar contatos</translation>
    </message>
    <message>
        <source>Drop a spreadsheet here</source>
        <translation>Solte uma planilha aqui</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Escolher arquivo…</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>Outro arquivo…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importar</translation>
    </message>
    <message>
        <source>What is in {file}?</source>
        <translation>O que há em {file}?</translation>
    </message>
    <message>
        <source>Importing {file}</source>
        <translation>Importando {file}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Importação concluída</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>Lendo o arquivo…</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>Começando…</translation>
    </message>
    <message>
        <source>You may close this window: the import goes on.</source>
        <translation>Você pode fechar esta janela: a importação continua.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} linhas</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Escolher arquivo</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos os arquivos (*)</translation>
    </message>
    <message>
        <source>Excel, LibreOffice, CSV, or the contacts of a phone (vCard). One column must hold phone numbers.</source>
        <translation>Excel, LibreOffice, CSV ou a agenda de um celular (vCard). Uma das colunas precisa ter os telefones.</translation>
    </message>
    <message>
        <source>Spreadsheets and contacts ({patterns})</source>
        <translation>Planilhas e contatos ({patterns})</translation>
    </message>
    <message>
        <source>Undo this import</source>
        <translation>Desfazer esta importação</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>Cancelar a importação</translation>
    </message>
    <message>
        <source>Nothing of it is kept.</source>
        <translation>Nada dela fica guardado.</translation>
    </message>
    <message>
        <source>Cancelling: what was written is being taken back…</source>
        <translation>Cancelando: o que já foi gravado está sendo desfeito…</translation>
    </message>
    <message>
        <source>What is in the pasted table?</source>
        <translation>O que há na tabela colada?</translation>
    </message>
    <message>
        <source>Paste from a spreadsheet</source>
        <translation>Colar de uma planilha</translation>
    </message>
</context>
<context>
    <name>ImportDone</name>
    <message>
        <source>New</source>
        <translation>Novos</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Atualizados</translation>
    </message>
    <message>
        <source>Repeated in the file</source>
        <translation>Repetidos no arquivo</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Recusados</translation>
    </message>
    <message>
        <source>Why rows were refused</source>
        <translation>Por que linhas foram recusadas</translation>
    </message>
    <message>
        <source>Open the refused rows</source>
        <translation>Abrir as linhas recusadas</translation>
    </message>
    <message>
        <source>Saved with the reasons, to be corrected and imported again: {path}</source>
        <translation>Salvas com os motivos, para corrigir e importar de novo: {path}</translation>
    </message>
</context>
<context>
    <name>ImportMapping</name>
    <message>
        <source>Choose the column that holds the phone numbers.</source>
        <translation>Escolha a coluna que tem os telefones.</translation>
    </message>
    <message>
        <source>customers, black friday</source>
        <translation>clientes, black friday</translation>
    </message>
    <message>
        <source>Tags for all of them</source>
        <translation>Etiquetas para todos eles</translation>
    </message>
    <message>
        <source>Separated by commas. They make it easy to choose these people for a campaign.</source>
        <translation>Separadas por vírgulas. Com elas fica fácil escolher estas pessoas para uma campanha.</translation>
    </message>
    <message>
        <source>What is in the column {column}?</source>
        <translation>O que há na coluna {column}?</translation>
    </message>
    <message>
        <source>Do not import</source>
        <translation>Não importar</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiquetas</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentimento</translation>
    </message>
    <message>
        <source>Field “{name}”</source>
        <translation>Campo “{name}”</translation>
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message>
        <source>People with a text that was cut: {n}. A name keeps {name} characters, a field {field}.</source>
        <translation>Pessoas com um texto cortado: {n}. Um nome guarda {name} caracteres; um campo, {field}.</translation>
    </message>
    <message>
        <source>Landlines taken in: {n}. Some companies have WhatsApp on one.</source>
        <translation>Telefones fixos aceitos: {n}. Algumas empresas usam o WhatsApp em um.</translation>
    </message>
    <message>
        <source>semicolons</source>
        <translation>ponto e vírgula</translation>
    </message>
    <message>
        <source>commas</source>
        <translation>vírgulas</translation>
    </message>
    <message>
        <source>tabs</source>
        <translation>tabulações</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>barras verticais</translation>
    </message>
    <message>
        <source>Columns separated by {delimiter}, characters in {encoding}.</source>
        <translation>Colunas separadas por {delimiter}, caracteres em {encoding}.</translation>
    </message>
    <message>
        <source>Column {number}</source>
        <translation>Coluna {number}</translation>
    </message>
    <message>
        <source>{rows} rows read in {seconds} s.</source>
        <translation>{rows} linhas lidas em {seconds} s.</translation>
    </message>
</context>
<context>
    <name>InstanceWords</name>
    <message>
        <source>{sent} sent today</source>
        <translation>{sent} enviadas hoje</translation>
    </message>
    <message>
        <source>No limit a day</source>
        <translation>Sem limite por dia</translation>
    </message>
    <message>
        <source>{sent} of {limit} today</source>
        <translation>{sent} de {limit} hoje</translation>
    </message>
    <message>
        <source>{left} left until midnight</source>
        <translation>Restam {left} até a meia-noite</translation>
    </message>
    <message>
        <source>Used up for today</source>
        <translation>Esgotado por hoje</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausado</translation>
    </message>
    <message>
        <source>no limit a day</source>
        <translation>sem limite por dia</translation>
    </message>
    <message>
        <source>used up for today</source>
        <translation>esgotado por hoje</translation>
    </message>
    <message>
        <source>{left} left today</source>
        <translation>restam {left} hoje</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Enviando</translation>
    </message>
    <message>
        <source>Nothing sent today yet</source>
        <translation>Nada enviado hoje ainda</translation>
    </message>
    <message>
        <source>Health {score}: {word}</source>
        <translation>Saúde {score}: {word}</translation>
    </message>
    <message>
        <source>{count} errors in a row</source>
        <translation>{count} erros seguidos</translation>
    </message>
    <message>
        <source>Last error, {when}: {what}</source>
        <translation>Último erro, {when}: {what}</translation>
    </message>
    <message>
        <source>The gateway could not be reached.</source>
        <translation>Não foi possível falar com o gateway.</translation>
    </message>
    <message>
        <source>Check the address and its port, and that the gateway runs. Then test again.</source>
        <translation>Confira o endereço, a porta e se o gateway está no ar. Depois teste de novo.</translation>
    </message>
    <message>
        <source>The gateway refuses this key.</source>
        <translation>O gateway recusa esta chave.</translation>
    </message>
    <message>
        <source>Copy it again from the gateway: the global key, or that of the instance.</source>
        <translation>Copie-a de novo do gateway: a chave global ou a da instância.</translation>
    </message>
    <message>
        <source>The gateway answers, but it has no valid licence.</source>
        <translation>O gateway responde, mas não tem uma licença válida.</translation>
    </message>
    <message>
        <source>Whoever runs the gateway has to activate it first.</source>
        <translation>Quem administra o gateway precisa ativá-la primeiro.</translation>
    </message>
    <message>
        <source>The gateway's answer makes no sense.</source>
        <translation>A resposta do gateway não faz sentido.</translation>
    </message>
    <message>
        <source>Check the address; if it is right, look at the gateway's own log.</source>
        <translation>Confira o endereço; se estiver certo, veja o registro do próprio gateway.</translation>
    </message>
    <message>
        <source>{numbers}, {ready} ready to send · {messages} today</source>
        <translation>{numbers} · prontos para enviar: {ready} · {messages} hoje</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Escolha outro nome.</translation>
    </message>
    <message>
        <source>Copy the key from the settings of WAHA again (WAHA_API_KEY).</source>
        <translation>Copie de novo a chave das configurações do WAHA (WAHA_API_KEY).</translation>
    </message>
    <message>
        <source>Create it there, or choose another one.</source>
        <translation>Crie-o lá ou escolha outro.</translation>
    </message>
    <message>
        <source>Delete it in the gateway's own pages.</source>
        <translation>Exclua-o nas páginas do próprio gateway.</translation>
    </message>
    <message>
        <source>It begins with http:// or https://, and has no spaces.</source>
        <translation>Ele começa com http:// ou https:// e não tem espaços.</translation>
    </message>
    <message>
        <source>The company's own certificate authority cannot be read.</source>
        <translation>Não foi possível ler a autoridade certificadora da empresa.</translation>
    </message>
    <message>
        <source>The gateway answers: {gateway} {version}.</source>
        <translation>O gateway responde: {gateway} {version}.</translation>
    </message>
    <message>
        <source>The gateway could not do it.</source>
        <translation>O gateway não conseguiu fazer isso.</translation>
    </message>
    <message>
        <source>The gateway gave no code.</source>
        <translation>O gateway não forneceu nenhum código.</translation>
    </message>
    <message>
        <source>The gateway has a number of this name already.</source>
        <translation>O gateway já tem um número com este nome.</translation>
    </message>
    <message>
        <source>The gateway has no number of this name.</source>
        <translation>O gateway não tem nenhum número com este nome.</translation>
    </message>
    <message>
        <source>The number is removed here, but the gateway did not delete it.</source>
        <translation>O número foi removido daqui, mas o gateway não o excluiu.</translation>
    </message>
    <message>
        <source>The proxy of this computer is of a kind that is not supported.</source>
        <translation>O proxy deste computador é de um tipo que não é aceito.</translation>
    </message>
    <message>
        <source>This is not an address of a gateway.</source>
        <translation>Isto não é o endereço de um gateway.</translation>
    </message>
    <message>
        <source>Try again in a moment, or scan the QR code instead.</source>
        <translation>Tente de novo daqui a pouco ou escaneie o código QR.</translation>
    </message>
    <message>
        <source>Try again; if it stays so, look at the gateway's own log.</source>
        <translation>Tente de novo; se continuar assim, veja o log do próprio gateway.</translation>
    </message>
    <message>
        <source>Use an HTTP proxy, or reach the gateway without one.</source>
        <translation>Use um proxy HTTP ou acesse o gateway sem proxy.</translation>
    </message>
    <message>
        <source>Version {version} of the gateway is not supported.</source>
        <translation>A versão {version} do gateway não é aceita.</translation>
    </message>
    <message>
        <source>Your own certificate cannot be used.</source>
        <translation>O seu certificado não pode ser usado.</translation>
    </message>
    <message>
        <source>Choose a file with its certificates, in PEM format.</source>
        <translation>Escolha um arquivo com os certificados dela, no formato PEM.</translation>
    </message>
    <message>
        <source>Choose a PEM file with the certificate and its key, without a passphrase.</source>
        <translation>Escolha um arquivo PEM com o certificado e a chave, sem senha.</translation>
    </message>
    <message>
        <source>The server lets in only who shows a certificate, and none was shown.</source>
        <translation>O servidor só deixa entrar quem apresenta um certificado, e nenhum foi apresentado.</translation>
    </message>
    <message>
        <source>The server does not accept your certificate.</source>
        <translation>O servidor não aceita o seu certificado.</translation>
    </message>
    <message>
        <source>Check that it is the right one and has not expired, or ask for another.</source>
        <translation>Confira se é o certo e se ainda está na validade, ou peça outro.</translation>
    </message>
    <message>
        <source>Ask whoever runs it for a certificate of your own, and choose it below.</source>
        <translation>Peça um certificado próprio a quem administra o servidor e escolha-o abaixo.</translation>
    </message>
</context>
<context>
    <name>InstancesPage</name>
    <message>
        <source>Instances</source>
        <translation>Instâncias</translation>
    </message>
    <message>
        <source>The WhatsApp numbers that send</source>
        <translation>Os números de WhatsApp que enviam</translation>
    </message>
    <message>
        <source>Add number</source>
        <translation>Adicionar número</translation>
    </message>
    <message>
        <source>No number yet</source>
        <translation>Nenhum número ainda</translation>
    </message>
    <message>
        <source>Connect a WhatsApp number of your company's gateway. Campaigns leave through it, at its own pace.</source>
        <translation>Conecte um número de WhatsApp do gateway da sua empresa. As campanhas saem por ele, no ritmo dele.</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>Remover {name}?</translation>
    </message>
    <message>
        <source>Nothing more leaves through it. Its history stays, and so does the number in the gateway.</source>
        <translation>Nada mais sai por este número. O histórico fica, e o número continua no gateway.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Delete {name} at the gateway?</source>
        <translation>Excluir {name} no gateway?</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Desconectar</translation>
    </message>
    <message>
        <source>Log {name} out?</source>
        <translation>Desconectar {name}?</translation>
    </message>
    <message>
        <source>The gateway forgets this number with all messages and settings that it stores, also for other programs that use it. This cannot be undone. The history in Cadência stays.</source>
        <translation>O gateway apaga este número com todas as mensagens e configurações que guarda, também para outros programas que o usam. Não dá para desfazer. O histórico no Cadência continua.</translation>
    </message>
    <message>
        <source>The phone is unlinked. Nothing leaves through this number until somebody connects it again.</source>
        <translation>O telefone é desvinculado. Nada sai por este número até que alguém o conecte de novo.</translation>
    </message>
</context>
<context>
    <name>LimitsDialog</name>
    <message>
        <source>Limits of {name}</source>
        <translation>Limites de {name}</translation>
    </message>
    <message>
        <source>They hold for all campaigns together.</source>
        <translation>Valem para todas as campanhas juntas.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Texts show a preview of their first link</source>
        <translation>Os textos mostram uma prévia do primeiro link</translation>
    </message>
    <message>
        <source>Show “typing…” for a moment before a text</source>
        <translation>Mostrar “digitando…” por um momento antes de um texto</translation>
    </message>
</context>
<context>
    <name>LimitsForm</name>
    <message>
        <source>No limit</source>
        <translation>Sem limite</translation>
    </message>
    <message>
        <source>Messages a day, at most</source>
        <translation>Mensagens por dia, no máximo</translation>
    </message>
    <message>
        <source>At the limit it rests until midnight.</source>
        <translation>No limite, o número descansa até a meia-noite.</translation>
    </message>
    <message>
        <source>Messages an hour, at most</source>
        <translation>Mensagens por hora, no máximo</translation>
    </message>
    <message>
        <source>Messages a minute, at most</source>
        <translation>Mensagens por minuto, no máximo</translation>
    </message>
    <message>
        <source>Shortest gap between two messages</source>
        <translation>Menor intervalo entre duas mensagens</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuso horário</translation>
    </message>
    <message>
        <source>Decides when a new day begins.</source>
        <translation>Define quando começa um novo dia.</translation>
    </message>
</context>
<context>
    <name>MessageStep</name>
    <message>
        <source>Message</source>
        <translation>Mensagem</translation>
    </message>
    <message>
        <source>Write as you would to one person. {Hi|Hello} {{name|first}}, …</source>
        <translation>Escreva como se fosse para uma só pessoa. {Oi|Olá} {{nome|primeiro_nome}}, …</translation>
    </message>
    <message>
        <source>Add variation</source>
        <translation>Adicionar variação</translation>
    </message>
    <message>
        <source>Several texts show which one works better.</source>
        <translation>Vários textos mostram qual deles funciona melhor.</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Peso</translation>
    </message>
    <message>
        <source>Remove this variation</source>
        <translation>Remover esta variação</translation>
    </message>
    <message>
        <source>Insert variable</source>
        <translation>Inserir variável</translation>
    </message>
    <message>
        <source>Insert choice</source>
        <translation>Inserir escolha</translation>
    </message>
    <message>
        <source>One of several wordings is chosen by chance for each person: {Hi|Hello}</source>
        <translation>Para cada pessoa é sorteada uma das formas: {Oi|Olá}</translation>
    </message>
    <message>
        <source>Insert emoji</source>
        <translation>Inserir emoji</translation>
    </message>
    <message>
        <source>*bold*  _italic_  ~struck~</source>
        <translation>*negrito*  _itálico_  ~riscado~</translation>
    </message>
    <message>
        <source>As it will be read</source>
        <translation>Como será lida</translation>
    </message>
    <message>
        <source>Show another choice of words</source>
        <translation>Mostrar outro sorteio</translation>
    </message>
    <message>
        <source>Previous contact</source>
        <translation>Contato anterior</translation>
    </message>
    <message>
        <source>Next contact</source>
        <translation>Próximo contato</translation>
    </message>
    <message>
        <source>{count} of {limit} characters</source>
        <translation>{count} de {limit} caracteres</translation>
    </message>
    <message>
        <source>{count} different texts</source>
        <translation>{count} textos diferentes</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>Ninguém ainda</translation>
    </message>
    <message>
        <source>What you write appears here.</source>
        <translation>O que você escrever aparece aqui.</translation>
    </message>
    <message>
        <source>Mend the marked places to see the message.</source>
        <translation>Corrija os trechos marcados para ver a mensagem.</translation>
    </message>
    <message>
        <source>The message cannot be written for this contact.</source>
        <translation>A mensagem não pode ser escrita para este contato.</translation>
    </message>
    <message>
        <source>Missing for this contact: {fields}. Give the variable a text for that case.</source>
        <translation>Falta neste contato: {fields}. Dê à variável um texto para esse caso.</translation>
    </message>
    <message>
        <source>friend</source>
        <translation>amigo</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Primeiro nome</translation>
    </message>
    <message>
        <source>Whole name</source>
        <translation>Nome completo</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>Hi</source>
        <translation>Oi</translation>
    </message>
    <message>
        <source>Hello</source>
        <translation>Olá</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anexar</translation>
    </message>
    <message>
        <source>Picture, video, sound or document; you can also drop it here.</source>
        <translation>Imagem, vídeo, áudio ou documento; você também pode soltar o arquivo aqui.</translation>
    </message>
    <message>
        <source>Read it as each of the first people</source>
        <translation>Ler como cada uma das primeiras pessoas</translation>
    </message>
    <message>
        <source>With all variations and their files. Saved messages are the same for all campaigns.</source>
        <translation>Com todas as variações e seus arquivos. As mensagens salvas valem para todas as campanhas.</translation>
    </message>
    <message>
        <source>There is a saved message of this name: it is replaced.</source>
        <translation>Já existe uma mensagem salva com este nome: ela será substituída.</translation>
    </message>
    <message>
        <source>Template of Meta</source>
        <translation>Modelo da Meta</translation>
    </message>
    <message>
        <source>Saved messages</source>
        <translation>Mensagens salvas</translation>
    </message>
    <message>
        <source>Save message</source>
        <translation>Salvar mensagem</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>*bold*  _italic_  ~struck~  ```mono```</source>
        <translation>*negrito*  _itálico_  ~riscado~  ```mono```</translation>
    </message>
    <message>
        <source>Drafts by AI</source>
        <translation>Sugestões da IA</translation>
    </message>
    <message>
        <source>A text for each person</source>
        <translation>Um texto por pessoa</translation>
    </message>
</context>
<context>
    <name>NumberCard</name>
    <message>
        <source>Health by day…</source>
        <translation>Saúde por dia…</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Enviadas</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregues</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lidas</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falhas</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Conectar</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Verificar</translation>
    </message>
    <message>
        <source>Ask the gateway for the state of this number</source>
        <translation>Perguntar ao gateway a situação deste número</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mais</translation>
    </message>
    <message>
        <source>Limits…</source>
        <translation>Limites…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Remover…</translation>
    </message>
    <message>
        <source>Warm-up…</source>
        <translation>Aquecimento…</translation>
    </message>
    <message>
        <source>Delete at the gateway…</source>
        <translation>Excluir no gateway…</translation>
    </message>
    <message>
        <source>Log out…</source>
        <translation>Desconectar…</translation>
    </message>
    <message>
        <source>Restart at the gateway</source>
        <translation>Reiniciar no gateway</translation>
    </message>
    <message>
        <source>What Meta says…</source>
        <translation>O que a Meta diz…</translation>
    </message>
    <message>
        <source>The health of this number over the last 30 days</source>
        <translation>A saúde deste número nos últimos 30 dias</translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation>Dia a dia</translation>
    </message>
</context>
<context>
    <name>PaceStep</name>
    <message>
        <source>Not known yet</source>
        <translation>Ainda não se sabe</translation>
    </message>
    <message>
        <source>As many campaigns send as may at once: it waits in the queue, place {place}.</source>
        <translation>Já há tantas campanhas enviando quantas podem: ela espera na fila, {place}º lugar.</translation>
    </message>
    <message>
        <source>The numbers cannot send anything as they are: look at their state and limits.</source>
        <translation>Do jeito que estão, os números não podem enviar nada: veja o estado e os limites deles.</translation>
    </message>
    <message>
        <source>Numbers that send</source>
        <translation>Números que enviam</translation>
    </message>
    <message>
        <source>Finished by</source>
        <translation>Previsão de término</translation>
    </message>
    <message>
        <source>There is no number yet. Add one in Instances.</source>
        <translation>Ainda não há nenhum número. Adicione um em Instâncias.</translation>
    </message>
    <message>
        <source>Choose people and numbers to see it.</source>
        <translation>Escolha pessoas e números para ver.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nunca</translation>
    </message>
    <message>
        <source>{people} in about {duration}, if it starts now and all goes well.</source>
        <translation>{people} em cerca de {duration}, se começar agora e tudo correr bem.</translation>
    </message>
    <message>
        <source>The sending hours are counted in.</source>
        <translation>O horário de envio já está considerado.</translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message>
        <source>Show the place</source>
        <translation>Mostrar o trecho</translation>
    </message>
</context>
<context>
    <name>RemoteRow</name>
    <message>
        <source>not connected to a phone yet</source>
        <translation>ainda não conectado a um celular</translation>
    </message>
    <message>
        <source>Added already</source>
        <translation>Já adicionado</translation>
    </message>
</context>
<context>
    <name>ReviewStep</name>
    <message>
        <source>{people} will get the message, but not at once.</source>
        <translation>A mensagem vai para {people}, mas não sai já.</translation>
    </message>
    <message>
        <source>Before it leaves</source>
        <translation>Antes de sair</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Verificar de novo</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Verificando…</translation>
    </message>
    <message>
        <source>Schedule…</source>
        <translation>Agendar…</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Resumo</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Pessoas</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensagem</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Números</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>Ritmo</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Horário</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Start now</source>
        <translation>Iniciar agora</translation>
    </message>
    <message>
        <source>Not ready yet</source>
        <translation>Ainda não está pronta</translation>
    </message>
    <message>
        <source>Mend what is red, then it can start.</source>
        <translation>Corrija o que está em vermelho e ela poderá começar.</translation>
    </message>
    <message>
        <source>Ready, with a warning</source>
        <translation>Pronta, com um aviso</translation>
    </message>
    <message>
        <source>Look at what is yellow before you start.</source>
        <translation>Veja o que está em amarelo antes de começar.</translation>
    </message>
    <message>
        <source>Ready to go</source>
        <translation>Pronta para sair</translation>
    </message>
    <message>
        <source>Everything was checked.</source>
        <translation>Tudo foi verificado.</translation>
    </message>
    <message>
        <source>{count} variations</source>
        <translation>{count} variações</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 mensagem</translation>
    </message>
    <message>
        <source>{low} to {high} between messages</source>
        <translation>{low} a {high} entre mensagens</translation>
    </message>
    <message>
        <source>Start “{name}”?</source>
        <translation>Iniciar “{name}”?</translation>
    </message>
    <message>
        <source>{people} will get the message, the first of them at once. You can pause at any time.</source>
        <translation>A mensagem vai para {people}; a primeira sai já. Você pode pausar a qualquer momento.</translation>
    </message>
    <message>
        <source>The people of the audience</source>
        <translation>as pessoas do público</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Ainda não</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Término</translation>
    </message>
</context>
<context>
    <name>SaveMark</name>
    <message>
        <source>Saved</source>
        <translation>Salvo</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Salvando…</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Não salvo</translation>
    </message>
</context>
<context>
    <name>ScheduleDialog</name>
    <message>
        <source>Schedule</source>
        <translation>Agendar</translation>
    </message>
    <message>
        <source>When should it start?</source>
        <translation>Quando deve começar?</translation>
    </message>
    <message>
        <source>Day and time</source>
        <translation>Dia e hora</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>This moment is past.</source>
        <translation>Este momento já passou.</translation>
    </message>
    <message>
        <source>In {duration}. If Cadência is closed then, it starts when you open it again; half an hour later or more, it asks you first.</source>
        <translation>Daqui a {duration}. Se o Cadência estiver fechado nessa hora, ela começa quando você o abrir de novo; com meia hora de atraso ou mais, ele pergunta antes.</translation>
    </message>
</context>
<context>
    <name>SettingsTopic</name>
    <message>
        <source>General</source>
        <translation>Geral</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Pessoas</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Conexões</translation>
    </message>
    <message>
        <source>Integrations</source>
        <translation>Integrações</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Orçamento</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Dados</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Acesso</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Topic</source>
        <translation>Assunto</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>Every change counts at once</source>
        <translation>Cada mudança vale na hora</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aparência</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como o sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Escuro</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Opt-out words</source>
        <translation>Palavras para sair</translation>
    </message>
    <message>
        <source>Who replies with one of these words is never written to again, by any campaign.</source>
        <translation>Quem responde com uma destas palavras não recebe mais nada, de nenhuma campanha.</translation>
    </message>
    <message>
        <source>Without a word nobody can opt out by replying. The law asks for a way out.</source>
        <translation>Sem nenhuma palavra, ninguém consegue sair respondendo. A lei exige uma saída.</translation>
    </message>
    <message>
        <source>Another word</source>
        <translation>Outra palavra</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Adicionar</translation>
    </message>
    <message>
        <source>You see the settings here, and change only how the window looks.</source>
        <translation>Você vê as configurações aqui e muda só a aparência da janela.</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campanha</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Contato</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Duração</translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation>Status HTTP</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progresso</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Saúde</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Operador</translation>
    </message>
    <message>
        <source>Event no.</source>
        <translation>Evento nº</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravidade</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>O que aconteceu</translation>
    </message>
</context>
<context>
    <name>TimelineFilters</name>
    <message>
        <source>Show the events of everybody again</source>
        <translation>Voltar a mostrar os eventos de todas as pessoas</translation>
    </message>
    <message>
        <source>Only {person}</source>
        <translation>Só {person}</translation>
    </message>
    <message>
        <source>Contact, phone, text…</source>
        <translation>Contato, telefone, texto…</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravidade</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Todos os níveis</translation>
    </message>
    <message>
        <source>Information +</source>
        <translation>Informação +</translation>
    </message>
    <message>
        <source>Warnings +</source>
        <translation>Avisos +</translation>
    </message>
    <message>
        <source>Only errors</source>
        <translation>Só erros</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campanha</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Período</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Período</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Última hora</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Últimas 24 horas</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Últimos 7 dias</translation>
    </message>
    <message>
        <source>From … until …</source>
        <translation>De … até …</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Limpar filtros</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Ao vivo</translation>
    </message>
    <message>
        <source>Show new events at the top as they happen</source>
        <translation>Mostrar os novos eventos no topo à medida que acontecem</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>until</source>
        <translation>até</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>All campaigns</source>
        <translation>Campanhas</translation>
    </message>
    <message>
        <source>All numbers</source>
        <translation>Números</translation>
    </message>
</context>
<context>
    <name>TimelinePage</name>
    <message>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Everything that happened, to the second. Nothing here can be changed.</source>
        <translation>Tudo o que aconteceu, ao segundo. Nada aqui pode ser alterado.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>Loading…</source>
        <translation>Carregando…</translation>
    </message>
    <message>
        <source>The events are being read.</source>
        <translation>Os eventos estão sendo lidos.</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Limpar filtros</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Eventos</translation>
    </message>
    <message>
        <source>More than {count} new</source>
        <translation>Mais de {count} novos</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>{count} novos</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Mais recentes</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nada encontrado</translation>
    </message>
    <message>
        <source>No event matches these filters. Try a longer time or fewer words.</source>
        <translation>Nenhum evento combina com estes filtros. Tente um período maior ou menos palavras.</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Ainda não aconteceu nada</translation>
    </message>
    <message>
        <source>Every step of every campaign will be written down here.</source>
        <translation>Cada passo de cada campanha ficará registrado aqui.</translation>
    </message>
</context>
<context>
    <name>TypesButton</name>
    <message>
        <source>All events</source>
        <translation>Todos os eventos</translation>
    </message>
    <message>
        <source>{count} kinds of events</source>
        <translation>{count} tipos de evento</translation>
    </message>
</context>
<context>
    <name>WindowCard</name>
    <message>
        <source>Not on public holidays ({country})</source>
        <translation>Não enviar em feriados ({country})</translation>
    </message>
    <message>
        <source>Send only on some days and hours</source>
        <translation>Enviar só em certos dias e horários</translation>
    </message>
    <message>
        <source>In the time zone of each person, told by the area code. What falls outside waits.</source>
        <translation>No fuso de cada pessoa, reconhecido pelo DDD. O que cair fora espera.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Das</translation>
    </message>
    <message>
        <source>until</source>
        <translation>às</translation>
    </message>
</context>
<context>
    <name>WordChip</name>
    <message>
        <source>Remove {word}</source>
        <translation>Remover {word}</translation>
    </message>
</context>
<context>
    <name>WarmupDialog</name>
    <message>
        <source>Warm-up of {name}</source>
        <translation>Aquecimento de {name}</translation>
    </message>
    <message>
        <source>A number that suddenly writes to many people is blocked. It starts small and grows day by day.</source>
        <translation>Um número que de repente escreve para muita gente acaba bloqueado. Por isso ele começa devagar e cresce dia a dia.</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aquecimento</translation>
    </message>
    <message>
        <source>Messages allowed on each day of the warm-up</source>
        <translation>Mensagens permitidas em cada dia do aquecimento</translation>
    </message>
    <message>
        <source>No curve</source>
        <translation>Sem curva</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>today</source>
        <translation>hoje</translation>
    </message>
</context>
<context>
    <name>_Point</name>
    <message>
        <source>Day</source>
        <translation>Dia</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sem limite</translation>
    </message>
    <message>
        <source>Messages from day {day}</source>
        <translation>Mensagens a partir do dia {day}</translation>
    </message>
    <message>
        <source>Remove day {day}</source>
        <translation>Remover o dia {day}</translation>
    </message>
</context>
<context>
    <name>WarmupPoints</name>
    <message>
        <source>From day</source>
        <translation>Desde o dia</translation>
    </message>
    <message>
        <source>Messages a day</source>
        <translation>Mensagens por dia</translation>
    </message>
    <message>
        <source>Add a day</source>
        <translation>Adicionar um dia</translation>
    </message>
</context>
<context>
    <name>WarmupWords</name>
    <message>
        <source>Off</source>
        <translation>Desligado</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Padrão</translation>
    </message>
    <message>
        <source>My own curve</source>
        <translation>Minha própria curva</translation>
    </message>
    <message>
        <source>Only the daily limit counts. For numbers that have been writing to many people for a long time.</source>
        <translation>Vale só o limite diário. Para números que já escrevem para muita gente há bastante tempo.</translation>
    </message>
    <message>
        <source>From 20 messages on the first day, a fifth more each day, for four weeks. For new numbers.</source>
        <translation>Começa com 20 mensagens no primeiro dia e aumenta um quinto por dia, durante quatro semanas. Para números novos.</translation>
    </message>
    <message>
        <source>Each line holds from its day until the next one.</source>
        <translation>Cada linha vale a partir do seu dia, até a próxima.</translation>
    </message>
    <message>
        <source>Today: no limit a day</source>
        <translation>Hoje: sem limite diário</translation>
    </message>
    <message>
        <source>Today: at most {messages}</source>
        <translation>Hoje: no máximo {messages}</translation>
    </message>
    <message>
        <source>There is neither a warm-up nor a daily limit.</source>
        <translation>Não há aquecimento nem limite diário.</translation>
    </message>
    <message>
        <source>That is the daily limit of this number.</source>
        <translation>É o limite diário deste número.</translation>
    </message>
    <message>
        <source>Day {day} of the curve: the warm-up is over.</source>
        <translation>Dia {day} da curva: o aquecimento terminou.</translation>
    </message>
    <message>
        <source>Day {day} of the curve: the warm-up is over, and the daily limit decides.</source>
        <translation>Dia {day} da curva: o aquecimento terminou, e quem decide é o limite diário.</translation>
    </message>
    <message>
        <source>Day {day} of the curve. There is no daily limit.</source>
        <translation>Dia {day} da curva. Não há limite diário.</translation>
    </message>
    <message>
        <source>Day {day} of the curve allows {curve}; the daily limit of {limit} is smaller and decides.</source>
        <translation>O dia {day} da curva permite {curve}; o limite diário de {limit} é menor e é ele que vale.</translation>
    </message>
    <message>
        <source>Day {day} of the curve allows {curve}; that is less than the daily limit of {limit}.</source>
        <translation>O dia {day} da curva permite {curve}, menos que o limite diário de {limit}.</translation>
    </message>
    <message>
        <source>Only days with messages count. Each full week without one sets the number back by a week on the curve.</source>
        <translation>Só contam os dias com mensagens. Cada semana inteira sem nenhuma faz o número voltar uma semana na curva.</translation>
    </message>
    <message>
        <source>It was silent, and was set back by {n} days.</source>
        <translation>Ele ficou parado e voltou {n} dias.</translation>
    </message>
    <message>
        <source>Day {day}: no limit</source>
        <translation>Dia {day}: sem limite</translation>
    </message>
    <message>
        <source>Day {day}: {messages}</source>
        <translation>Dia {day}: {messages}</translation>
    </message>
    <message>
        <source>no limit on the curve</source>
        <translation>sem limite na curva</translation>
    </message>
    <message>
        <source>{n} on the curve</source>
        <translation>{n} na curva</translation>
    </message>
    <message>
        <source>The curve has to begin on day 1.</source>
        <translation>A curva precisa começar no dia 1.</translation>
    </message>
    <message>
        <source>A day stands there twice.</source>
        <translation>Há um dia repetido.</translation>
    </message>
    <message>
        <source>warm-up done</source>
        <translation>aquecimento concluído</translation>
    </message>
    <message>
        <source>warm-up day {day}</source>
        <translation>dia {day} do aquecimento</translation>
    </message>
</context>
<context>
    <name>AddHookDialog</name>
    <message>
        <source>What it is told</source>
        <translation>O que ele recebe</translation>
    </message>
    <message>
        <source>Tell another program</source>
        <translation>Avisar outro programa</translation>
    </message>
    <message>
        <source>In n8n: the production URL of a Webhook node that listens to POST.</source>
        <translation>No n8n: a URL de produção de um nó Webhook que recebe POST.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Endereço</translation>
    </message>
    <message>
        <source>Add address</source>
        <translation>Adicionar endereço</translation>
    </message>
</context>
<context>
    <name>DeadDialog</name>
    <message>
        <source>Why</source>
        <translation>Por quê</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>What</source>
        <translation>O quê</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Tentar tudo de novo</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Tentativas</translation>
    </message>
    <message>
        <source>These were tried {n} times each, over more than an hour.</source>
        <translation>Cada um foi tentado {n} vezes, ao longo de mais de uma hora.</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Desistências</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>HookRow</name>
    <message>
        <source>Send a test</source>
        <translation>Enviar um teste</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Remove this address</source>
        <translation>Remover este endereço</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Given up…</source>
        <translation>Desistências…</translation>
    </message>
</context>
<context>
    <name>Hooks</name>
    <message>
        <source>{n} waiting</source>
        <translation>{n} na fila</translation>
    </message>
    <message>
        <source>{n} given up</source>
        <translation>{n} desistências</translation>
    </message>
    <message>
        <source>last told {when}</source>
        <translation>último aviso {when}</translation>
    </message>
    <message>
        <source>The certificate of the address is not trusted.</source>
        <translation>O certificado do endereço não é confiável.</translation>
    </message>
    <message>
        <source>The address took it ({code}).</source>
        <translation>O endereço recebeu ({code}).</translation>
    </message>
    <message>
        <source>The address cannot be reached.</source>
        <translation>Não foi possível alcançar o endereço.</translation>
    </message>
    <message>
        <source>The address answered {code}: nobody listens there. Is the workflow switched on?</source>
        <translation>O endereço respondeu {code}: ninguém escuta ali. O fluxo está ativado?</translation>
    </message>
    <message>
        <source>The address answered {code}: it does not let us in.</source>
        <translation>O endereço respondeu {code}: ele não nos deixa entrar.</translation>
    </message>
    <message>
        <source>The address answered {code}.</source>
        <translation>O endereço respondeu {code}.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Teste</translation>
    </message>
    <message>
        <source>Stopped: the address says it is gone</source>
        <translation>Parado: o endereço diz que não existe mais</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Resposta</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progresso</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausado</translation>
    </message>
    <message>
        <source>Nothing told yet</source>
        <translation>Nada avisado ainda</translation>
    </message>
    <message>
        <source>Not getting through</source>
        <translation>Não está chegando</translation>
    </message>
    <message>
        <source>No answer came within 15 seconds.</source>
        <translation>Nenhuma resposta chegou em 15 segundos.</translation>
    </message>
    <message>
        <source>Message sent</source>
        <translation>Mensagem enviada</translation>
    </message>
    <message>
        <source>Message failed</source>
        <translation>Mensagem não enviada</translation>
    </message>
    <message>
        <source>Its secret is not in the keyring: remove the address and add it again.</source>
        <translation>O segredo dele não está no cofre de senhas: remova o endereço e adicione-o de novo.</translation>
    </message>
    <message>
        <source>Getting through</source>
        <translation>Entregando</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tudo</translation>
    </message>
    <message>
        <source>Campaign started</source>
        <translation>Campanha iniciada</translation>
    </message>
    <message>
        <source>Campaign ended</source>
        <translation>Campanha encerrada</translation>
    </message>
    <message>
        <source>Campaign created</source>
        <translation>Campanha criada</translation>
    </message>
</context>
<context>
    <name>HooksSection</name>
    <message>
        <source>Webhooks</source>
        <translation>Webhooks</translation>
    </message>
    <message>
        <source>Remove this address?</source>
        <translation>Remover este endereço?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Other programs, such as n8n, are told what happens, while it happens. Each message is signed; what cannot be delivered is tried again for hours and then kept here.</source>
        <translation>Outros programas, como o n8n, são avisados do que acontece, na hora em que acontece. Cada aviso é assinado; o que não pode ser entregue é tentado de novo por horas e depois fica guardado aqui.</translation>
    </message>
    <message>
        <source>No address yet.</source>
        <translation>Nenhum endereço ainda.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>It is told nothing more, and what it was not told yet is forgotten.</source>
        <translation>Ele não recebe mais nada, e o que ainda não foi avisado é esquecido.</translation>
    </message>
    <message>
        <source>Add address</source>
        <translation>Adicionar endereço</translation>
    </message>
</context>
<context>
    <name>SecretDialog</name>
    <message>
        <source>With it the other program proves that a message comes from here (Standard Webhooks, header webhook-signature). It is shown only now; here it is kept in the keyring.</source>
        <translation>Com ele o outro programa comprova que um aviso veio daqui (Standard Webhooks, cabeçalho webhook-signature). Ele só é mostrado agora; aqui fica guardado no cofre de senhas.</translation>
    </message>
    <message>
        <source>The secret of this address</source>
        <translation>O segredo deste endereço</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Segredo</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Concluir</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>This address is told already.</source>
        <translation>Este endereço já é avisado.</translation>
    </message>
    <message>
        <source>This address is not told any more.</source>
        <translation>Este endereço não é mais avisado.</translation>
    </message>
    <message>
        <source>The secret of this address is not in the keyring.</source>
        <translation>O segredo deste endereço não está no cofre de senhas.</translation>
    </message>
    <message>
        <source>The address did not take the test.</source>
        <translation>O endereço não aceitou o teste.</translation>
    </message>
    <message>
        <source>That is not an address that can be told.</source>
        <translation>Esse endereço não pode ser avisado.</translation>
    </message>
    <message>
        <source>Remove the address and add it again.</source>
        <translation>Remova o endereço e adicione-o de novo.</translation>
    </message>
    <message>
        <source>Remove it first, or use another one.</source>
        <translation>Remova-o antes, ou use outro.</translation>
    </message>
    <message>
        <source>Nothing is chosen to be told.</source>
        <translation>Nada foi escolhido para ser avisado.</translation>
    </message>
    <message>
        <source>It looks like https://n8n.example.com/webhook/abc, without a user name or a password in it.</source>
        <translation>Ele é como https://n8n.example.com/webhook/abc, sem nome de usuário nem senha.</translation>
    </message>
    <message>
        <source>Choose at least one event.</source>
        <translation>Escolha pelo menos um evento.</translation>
    </message>
    <message>
        <source>Check the address, and that the workflow behind it is switched on.</source>
        <translation>Confira o endereço e se o fluxo por trás dele está ativado.</translation>
    </message>
    <message>
        <source>The API has no token.</source>
        <translation>A API não tem token.</translation>
    </message>
    <message>
        <source>The API cannot answer: its port is taken, or its address is not ours.</source>
        <translation>A API não consegue responder: a porta está em uso, ou o endereço não é deste computador.</translation>
    </message>
    <message>
        <source>Make a new one in the settings.</source>
        <translation>Crie um novo nas configurações.</translation>
    </message>
    <message>
        <source>Choose another port in the settings.</source>
        <translation>Escolha outra porta nas configurações.</translation>
    </message>
    <message>
        <source>Record it in Contacts, or import it with date and proof, and send again.</source>
        <translation>Registre em Contatos, ou importe com data e comprovante, e envie de novo.</translation>
    </message>
    <message>
        <source>It is not recorded that this person agreed to receive messages.</source>
        <translation>Não há registro de que esta pessoa autorizou receber mensagens.</translation>
    </message>
    <message>
        <source>Use its two letters, such as BR.</source>
        <translation>Use as duas letras, como BR.</translation>
    </message>
    <message>
        <source>Use its three letters, such as BRL or USD.</source>
        <translation>Use as três letras, como BRL ou USD.</translation>
    </message>
    <message>
        <source>Use 0 or more.</source>
        <translation>Use 0 ou mais.</translation>
    </message>
    <message>
        <source>This is no currency.</source>
        <translation>Isto não é uma moeda.</translation>
    </message>
    <message>
        <source>This is no country.</source>
        <translation>Isto não é um país.</translation>
    </message>
    <message>
        <source>This is no amount of money.</source>
        <translation>Isto não é um valor em dinheiro.</translation>
    </message>
    <message>
        <source>The month's money is used up; new credits {until}.</source>
        <translation>O valor do mês acabou; novos créditos {until}.</translation>
    </message>
    <message>
        <source>The month's money is used up: raise the budget in Settings, or resume next month.</source>
        <translation>O valor do mês acabou: aumente o orçamento em Configurações ou retome no mês que vem.</translation>
    </message>
    <message>
        <source>The month's money is used up.</source>
        <translation>O valor do mês acabou.</translation>
    </message>
    <message>
        <source>The month's messages are used up; new ones {until}.</source>
        <translation>As mensagens do mês acabaram; novas {until}.</translation>
    </message>
    <message>
        <source>The month's messages are used up: raise the budget in Settings, or resume next month.</source>
        <translation>As mensagens do mês acabaram: aumente o orçamento em Configurações ou retome no mês que vem.</translation>
    </message>
    <message>
        <source>The month's messages are used up.</source>
        <translation>As mensagens do mês acabaram.</translation>
    </message>
    <message>
        <source>The gateway has no such category of prices.</source>
        <translation>Este gateway não tem essa categoria de preços.</translation>
    </message>
    <message>
        <source>Raise the budget in Settings, or resume next month.</source>
        <translation>Aumente o orçamento em Configurações ou retome no mês que vem.</translation>
    </message>
    <message>
        <source>Limits and prices are never negative.</source>
        <translation>Limites e preços nunca são negativos.</translation>
    </message>
    <message>
        <source>For example 0.0625, or 500,00.</source>
        <translation>Por exemplo 0,0625 ou 500,00.</translation>
    </message>
    <message>
        <source>There is no table in the clipboard.</source>
        <translation>Não há tabela na área de transferência.</translation>
    </message>
    <message>
        <source>Select the cells in the spreadsheet, with their headings, copy and paste again.</source>
        <translation>Selecione as células na planilha, com os títulos, copie e cole de novo.</translation>
    </message>
    <message>
        <source>{name} may not send anything now.</source>
        <translation>{name} não pode enviar nada agora.</translation>
    </message>
    <message>
        <source>Use another one, or opt it in again in Contacts.</source>
        <translation>Use outro ou autorize-o de novo em Contatos.</translation>
    </message>
    <message>
        <source>This phone opted out of messages.</source>
        <translation>Este telefone pediu para não receber mensagens.</translation>
    </message>
    <message>
        <source>The test was not sent.</source>
        <translation>O teste não foi enviado.</translation>
    </message>
    <message>
        <source>The message cannot be written for this person.</source>
        <translation>Não dá para escrever a mensagem para esta pessoa.</translation>
    </message>
    <message>
        <source>The log says what the gateway answered.</source>
        <translation>O registro diz o que o gateway respondeu.</translation>
    </message>
    <message>
        <source>The gateway did not answer: the test may have left or not.</source>
        <translation>O gateway não respondeu: o teste pode ter saído ou não.</translation>
    </message>
    <message>
        <source>Look at your phone before you send another one.</source>
        <translation>Olhe seu telefone antes de enviar outro.</translation>
    </message>
    <message>
        <source>Its card in Instances says what it waits for. Or choose another number.</source>
        <translation>O cartão dele em Instâncias diz o que ele espera. Ou escolha outro número.</translation>
    </message>
    <message>
        <source>Choose another one for the preview, or mend the message.</source>
        <translation>Escolha outra para a prévia ou corrija a mensagem.</translation>
    </message>
    <message>
        <source>This is no capsule of a campaign.</source>
        <translation>Este arquivo não é uma cápsula de campanha.</translation>
    </message>
    <message>
        <source>This capsule was taken in already.</source>
        <translation>Esta cápsula já foi recebida.</translation>
    </message>
    <message>
        <source>This capsule was made here, of a campaign that is still here.</source>
        <translation>Esta cápsula foi feita aqui, de uma campanha que ainda está aqui.</translation>
    </message>
    <message>
        <source>This capsule was made by a newer version of Cadência.</source>
        <translation>Esta cápsula foi feita por uma versão mais nova do Cadência.</translation>
    </message>
    <message>
        <source>This campaign was started where it comes from: some have its message already.</source>
        <translation>Esta campanha já foi iniciada na origem: algumas pessoas já têm a mensagem.</translation>
    </message>
    <message>
        <source>This campaign was not handed over.</source>
        <translation>Esta campanha não foi entregue.</translation>
    </message>
    <message>
        <source>This campaign was handed over in a capsule: it may be sent there.</source>
        <translation>Esta campanha foi entregue em uma cápsula: pode estar sendo enviada de lá.</translation>
    </message>
    <message>
        <source>This campaign has ended where it comes from: there is nothing to send.</source>
        <translation>Esta campanha já terminou na origem: não há nada a enviar.</translation>
    </message>
    <message>
        <source>The capsule is damaged or not complete.</source>
        <translation>A cápsula está danificada ou incompleta.</translation>
    </message>
    <message>
        <source>Take the campaign back instead.</source>
        <translation>Em vez disso, retome a campanha.</translation>
    </message>
    <message>
        <source>Take only the rest of its people.</source>
        <translation>Receba só o restante das pessoas.</translation>
    </message>
    <message>
        <source>Take it back in its menu, when it is certain that nobody sends it there.</source>
        <translation>Retome pelo menu dela, quando for certo que ninguém vai enviá-la de lá.</translation>
    </message>
    <message>
        <source>Pause it, or take its schedule back, first.</source>
        <translation>Pause ou cancele o agendamento primeiro.</translation>
    </message>
    <message>
        <source>Open the campaign that was made of it.</source>
        <translation>Abra a campanha criada a partir dela.</translation>
    </message>
    <message>
        <source>Nobody of this capsule is left to send to.</source>
        <translation>Não sobrou ninguém desta cápsula para enviar.</translation>
    </message>
    <message>
        <source>Ask for it once more.</source>
        <translation>Peça o arquivo de novo.</translation>
    </message>
    <message>
        <source>A campaign that is sending or scheduled cannot be handed over.</source>
        <translation>Uma campanha em envio ou agendada não pode ser entregue.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Tente de novo.</translation>
    </message>
    <message>
        <source>Try again a little later, or look at the account there.</source>
        <translation>Tente de novo daqui a pouco ou veja a conta lá.</translation>
    </message>
    <message>
        <source>The message has something to mend.</source>
        <translation>A mensagem tem algo a corrigir.</translation>
    </message>
    <message>
        <source>The address of the AI begins with https://.</source>
        <translation>O endereço da IA começa com https://.</translation>
    </message>
    <message>
        <source>The AI refused to answer.</source>
        <translation>A IA se recusou a responder.</translation>
    </message>
    <message>
        <source>The AI is busy, or the account has no credit.</source>
        <translation>A IA está ocupada ou a conta está sem crédito.</translation>
    </message>
    <message>
        <source>The AI does not know this address or this model.</source>
        <translation>A IA não conhece este endereço ou este modelo.</translation>
    </message>
    <message>
        <source>The AI does not accept the key.</source>
        <translation>A IA não aceita a chave.</translation>
    </message>
    <message>
        <source>The AI did not answer in time.</source>
        <translation>A IA não respondeu a tempo.</translation>
    </message>
    <message>
        <source>The AI cannot be reached.</source>
        <translation>Não foi possível alcançar a IA.</translation>
    </message>
    <message>
        <source>The AI answered something else than texts.</source>
        <translation>A IA respondeu outra coisa em vez de textos.</translation>
    </message>
    <message>
        <source>Set one up in the settings, under Integrations.</source>
        <translation>Configure uma em Configurações, Integrações.</translation>
    </message>
    <message>
        <source>No AI is set up.</source>
        <translation>Nenhuma IA foi configurada.</translation>
    </message>
    <message>
        <source>Look at both in the settings.</source>
        <translation>Confira os dois nas configurações.</translation>
    </message>
    <message>
        <source>For example https://api.example.com/v1. Only one on this computer may do without.</source>
        <translation>Por exemplo https://api.example.com/v1. Só uma neste computador pode ficar sem https.</translation>
    </message>
    <message>
        <source>Enter it again in the settings.</source>
        <translation>Digite-a de novo nas configurações.</translation>
    </message>
    <message>
        <source>Ask again, or try another model.</source>
        <translation>Peça de novo ou tente outro modelo.</translation>
    </message>
    <message>
        <source>The scheduled reports could not be written.</source>
        <translation>Os relatórios programados não puderam ser gravados.</translation>
    </message>
    <message>
        <source>The scheduled backup could not be made.</source>
        <translation>O backup programado não pôde ser feito.</translation>
    </message>
    <message>
        <source>That is no schedule.</source>
        <translation>Esta programação não é possível.</translation>
    </message>
    <message>
        <source>See Settings, Data.</source>
        <translation>Veja em Configurações, Dados.</translation>
    </message>
    <message>
        <source>At least hourly and at most monthly; 1 to 365 kept; one kind of report or more.</source>
        <translation>No mínimo de hora em hora e no máximo por mês; de 1 a 365 guardados; ao menos um tipo de relatório.</translation>
    </message>
    <message>
        <source>The report was cancelled.</source>
        <translation>O relatório foi cancelado.</translation>
    </message>
    <message>
        <source>No file was written.</source>
        <translation>Nenhum arquivo foi gravado.</translation>
    </message>
    <message>
        <source>The gateway's server lets in only who shows a certificate, and none was shown.</source>
        <translation>O servidor do gateway só deixa entrar quem apresenta um certificado, e nenhum foi apresentado.</translation>
    </message>
    <message>
        <source>The gateway's server does not accept the certificate of this connection.</source>
        <translation>O servidor do gateway não aceita o certificado desta conexão.</translation>
    </message>
    <message>
        <source>Ask whoever runs the gateway for a certificate, and add the number again with it.</source>
        <translation>Peça um certificado a quem administra o gateway e adicione o número de novo com ele.</translation>
    </message>
    <message>
        <source>There is a segment of this name.</source>
        <translation>Já existe um segmento com esse nome.</translation>
    </message>
</context>
<context>
    <name>ProofPanel</name>
    <message>
        <source>{share} written</source>
        <translation>{share} gravado</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Compute again</source>
        <translation>Calcular de novo</translation>
    </message>
    <message>
        <source>Save as JSON…</source>
        <translation>Salvar como JSON…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Salvar como CSV…</translation>
    </message>
    <message>
        <source>Sent once</source>
        <translation>Enviadas uma vez</translation>
    </message>
    <message>
        <source>Exactly one attempt left.</source>
        <translation>Exatamente uma tentativa saiu.</translation>
    </message>
    <message>
        <source>Nothing sent</source>
        <translation>Nada enviado</translation>
    </message>
    <message>
        <source>No attempt left.</source>
        <translation>Nenhuma tentativa saiu.</translation>
    </message>
    <message>
        <source>At most once</source>
        <translation>No máximo uma vez</translation>
    </message>
    <message>
        <source>One attempt may have left: never more than one.</source>
        <translation>Uma tentativa pode ter saído: nunca mais de uma.</translation>
    </message>
    <message>
        <source>Not proven</source>
        <translation>Sem prova</translation>
    </message>
    <message>
        <source>It cannot be excluded that they were sent to twice.</source>
        <translation>Não dá para excluir que tenham recebido duas vezes.</translation>
    </message>
    <message>
        <source>Sent twice</source>
        <translation>Enviadas duas vezes</translation>
    </message>
    <message>
        <source>Two attempts certainly left.</source>
        <translation>Duas tentativas saíram com certeza.</translation>
    </message>
    <message>
        <source>How each attempt is known</source>
        <translation>Como se sabe de cada tentativa</translation>
    </message>
    <message>
        <source>Attempts by evidence</source>
        <translation>Tentativas por tipo de evidência</translation>
    </message>
    <message>
        <source>For whom it is not proven</source>
        <translation>Para quem falta a prova</translation>
    </message>
    <message>
        <source>Recipients for whom it is not proven</source>
        <translation>Destinatários para quem falta a prova</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Ninguém</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Salvando…</translation>
    </message>
    <message>
        <source>Was anybody sent to twice?</source>
        <translation>Alguém recebeu duas vezes?</translation>
    </message>
    <message>
        <source>Every recipient and every attempt is looked at.</source>
        <translation>Cada destinatário e cada tentativa são examinados.</translation>
    </message>
    <message>
        <source>Looking at every recipient…</source>
        <translation>Examinando cada destinatário…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message>
        <source>Proof report as JSON (*.json)</source>
        <translation>Relatório de prova em JSON (*.json)</translation>
    </message>
    <message>
        <source>Proof report as CSV (*.csv)</source>
        <translation>Relatório de prova em CSV (*.csv)</translation>
    </message>
    <message>
        <source>Save the proof report</source>
        <translation>Salvar o relatório de prova</translation>
    </message>
    <message>
        <source>Here stands everybody for whom it is not proven that at most one message left.</source>
        <translation>Aqui aparece cada pessoa para quem não está provado que no máximo uma mensagem saiu.</translation>
    </message>
</context>
<context>
    <name>Proof</name>
    <message>
        <source>Recipient</source>
        <translation>Destinatário</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Conclusão</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Tentativas</translation>
    </message>
    <message>
        <source>proof-campaign-{id}</source>
        <translation>prova-campanha-{id}</translation>
    </message>
</context>
<context>
    <name>ProofWords</name>
    <message>
        <source>Sent: the gateway's answer</source>
        <translation>Enviada: resposta do gateway</translation>
    </message>
    <message>
        <source>The answer of the gateway carried the id of the message.</source>
        <translation>A resposta do gateway trouxe o identificador da mensagem.</translation>
    </message>
    <message>
        <source>Sent: found at the gateway</source>
        <translation>Enviada: encontrada no gateway</translation>
    </message>
    <message>
        <source>The answer was lost; asked later, the gateway showed the message.</source>
        <translation>A resposta se perdeu; consultado depois, o gateway mostrou a mensagem.</translation>
    </message>
    <message>
        <source>Sent: a receipt</source>
        <translation>Enviada: recibo</translation>
    </message>
    <message>
        <source>The answer was lost; later a receipt named the message.</source>
        <translation>A resposta se perdeu; depois, um recibo identificou a mensagem.</translation>
    </message>
    <message>
        <source>Sent: settled later</source>
        <translation>Enviada: esclarecida depois</translation>
    </message>
    <message>
        <source>There was a doubt and it was settled; the event that says how is gone.</source>
        <translation>Houve uma dúvida e ela foi esclarecida; o evento que diz como já não existe.</translation>
    </message>
    <message>
        <source>Not sent: refused</source>
        <translation>Não enviada: recusada</translation>
    </message>
    <message>
        <source>The gateway said no.</source>
        <translation>O gateway disse não.</translation>
    </message>
    <message>
        <source>Not sent: nothing left</source>
        <translation>Não enviada: nada saiu</translation>
    </message>
    <message>
        <source>The connection failed before a byte of the request was written.</source>
        <translation>A conexão falhou antes de qualquer byte do pedido sair.</translation>
    </message>
    <message>
        <source>Not sent: absent at the gateway</source>
        <translation>Não enviada: ausente no gateway</translation>
    </message>
    <message>
        <source>Asked later, the gateway had no such message.</source>
        <translation>Consultado depois, o gateway não tinha essa mensagem.</translation>
    </message>
    <message>
        <source>Perhaps sent: your decision</source>
        <translation>Talvez enviada: decisão sua</translation>
    </message>
    <message>
        <source>It was in doubt, and a person decided how to count it.</source>
        <translation>Estava em dúvida, e uma pessoa decidiu como contá-la.</translation>
    </message>
    <message>
        <source>Perhaps sent: not known yet</source>
        <translation>Talvez enviada: ainda não se sabe</translation>
    </message>
    <message>
        <source>It is under way or in doubt.</source>
        <translation>Está a caminho ou em dúvida.</translation>
    </message>
    <message>
        <source>Two attempts certainly left.</source>
        <translation>Duas tentativas saíram com certeza.</translation>
    </message>
    <message>
        <source>It was sent again on your word, and the first attempt may have left.</source>
        <translation>Foi reenviada por decisão sua, e a primeira tentativa pode ter saído.</translation>
    </message>
    <message>
        <source>More than one attempt may have left.</source>
        <translation>Mais de uma tentativa pode ter saído.</translation>
    </message>
    <message>
        <source>The message left, but the recipient is still waiting for one.</source>
        <translation>A mensagem saiu, mas o destinatário ainda consta como esperando.</translation>
    </message>
    <message>
        <source>It counts as sent, but no attempt is recorded.</source>
        <translation>Consta como enviada, mas não há tentativa registrada.</translation>
    </message>
    <message>
        <source>Proven</source>
        <translation>Provado</translation>
    </message>
    <message>
        <source>Not proven</source>
        <translation>Sem prova</translation>
    </message>
    <message>
        <source>Sent twice</source>
        <translation>Duas vezes</translation>
    </message>
    <message>
        <source>1 attempt</source>
        <translation>1 tentativa</translation>
    </message>
    <message>
        <source>{n} attempts</source>
        <translation>{n} tentativas</translation>
    </message>
    <message>
        <source>Computed from {recipients} and {attempts}, and from what is known of each.</source>
        <translation>Calculado a partir de {recipients} e {attempts}, e do que se sabe de cada uma.</translation>
    </message>
    <message>
        <source>Nobody was sent to twice.</source>
        <translation>Ninguém recebeu duas vezes.</translation>
    </message>
    <message>
        <source>It is not proven for {recipients} that they were sent to only once.</source>
        <translation>Falta a prova de envio único para {recipients}.</translation>
    </message>
    <message>
        <source>Nobody is known to have been sent to twice.</source>
        <translation>Não se conhece ninguém que tenha recebido duas vezes.</translation>
    </message>
    <message>
        <source>Sent to twice: {recipients}.</source>
        <translation>Receberam duas vezes: {recipients}.</translation>
    </message>
    <message>
        <source>As of {when}</source>
        <translation>Situação de {when}</translation>
    </message>
</context>
<context>
    <name>ApiSection</name>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Shown only now: put it into the other program. Whoever has it can send campaigns from here.</source>
        <translation>Só é mostrado agora: coloque-o no outro programa. Quem tiver esse token pode enviar campanhas daqui.</translation>
    </message>
    <message>
        <source>Programs on this computer create, start, pause and follow campaigns, with the same checks as here.</source>
        <translation>Programas deste computador criam, iniciam, pausam e acompanham campanhas, com as mesmas verificações daqui.</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Porta</translation>
    </message>
    <message>
        <source>Other computers can reach it.</source>
        <translation>Outros computadores conseguem alcançá-la.</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>Novo token</translation>
    </message>
    <message>
        <source>Let other programs drive campaigns</source>
        <translation>Permitir que outros programas conduzam campanhas</translation>
    </message>
    <message>
        <source>It answers while this window, or another engine of this data folder, is running.</source>
        <translation>Ela responde enquanto esta janela, ou outro motor desta pasta de dados, estiver aberto.</translation>
    </message>
    <message>
        <source>It answers at {address}/v1; its description is at {address}/schema/openapi.json.</source>
        <translation>Ela responde em {address}/v1; a descrição está em {address}/schema/openapi.json.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>The campaign</source>
        <translation>A campanha</translation>
    </message>
    <message>
        <source>{span} left, until {moment}</source>
        <translation>faltam {span}, até {moment}</translation>
    </message>
    <message>
        <source>Nothing holds it: it may leave now.</source>
        <translation>Nada impede: pode sair agora.</translation>
    </message>
    <message>
        <source>This is finished.</source>
        <translation>Já está encerrado.</translation>
    </message>
    <message>
        <source>It does not go on by time alone: somebody or something has to act.</source>
        <translation>Não continua só com o tempo: é preciso que alguém ou algo mude isso.</translation>
    </message>
    <message>
        <source>It goes on at any moment.</source>
        <translation>Continua a qualquer momento.</translation>
    </message>
    <message>
        <source>It can go on {when}.</source>
        <translation>Pode continuar {when}.</translation>
    </message>
    <message>
        <source>… and {n} more</source>
        <translation>… e mais {n}</translation>
    </message>
    <message>
        <source>{used} of {limit} used</source>
        <translation>{used} de {limit} usadas</translation>
    </message>
    <message>
        <source>Day {day} of the curve</source>
        <translation>Dia {day} da curva</translation>
    </message>
    <message>
        <source>At most {limit}</source>
        <translation>No máximo {limit}</translation>
    </message>
    <message>
        <source>{s} s between two messages</source>
        <translation>{s} s entre duas mensagens</translation>
    </message>
    <message>
        <source>Drawn by lot between {low} and {high} s</source>
        <translation>Sorteado entre {low} e {high} s</translation>
    </message>
    <message>
        <source>{start} to {end}, in the time zone {zone}</source>
        <translation>das {start} às {end}, no fuso {zone}</translation>
    </message>
    <message>
        <source>{n} errors in a row</source>
        <translation>{n} erros seguidos</translation>
    </message>
    <message>
        <source>Health fell to {score}</source>
        <translation>A saúde caiu para {score}</translation>
    </message>
    <message>
        <source>Place {place} in the queue; {limit} send at once</source>
        <translation>Lugar {place} na fila; {limit} enviam ao mesmo tempo</translation>
    </message>
    <message>
        <source>{n} on the way</source>
        <translation>{n} a caminho</translation>
    </message>
</context>
<context>
    <name>PlanCard</name>
    <message>
        <source>Plan</source>
        <translation>Plano</translation>
    </message>
    <message>
        <source>Messages planned for each day</source>
        <translation>Mensagens previstas para cada dia</translation>
    </message>
    <message>
        <source>today</source>
        <translation>hoje</translation>
    </message>
</context>
<context>
    <name>Plan</name>
    <message>
        <source>Other campaigns use the same numbers: they take turns.</source>
        <translation>Outras campanhas usam os mesmos números: elas se revezam.</translation>
    </message>
    <message>
        <source>Not counted, because somebody has to bring them back first: {names}.</source>
        <translation>Não contam, porque alguém precisa reativá-los antes: {names}.</translation>
    </message>
    <message>
        <source>replies that wait for the team</source>
        <translation>respostas à espera da equipe</translation>
    </message>
    <message>
        <source>The team keeps up with the replies: it answers {n} an hour.</source>
        <translation>A equipe dá conta das respostas: responde {n} por hora.</translation>
    </message>
    <message>
        <source>Replies decide when it ends: the team answers {n} an hour.</source>
        <translation>As respostas decidem quando termina: a equipe responde {n} por hora.</translation>
    </message>
    <message>
        <source>If more people reply than expected, it takes longer: the team answers {n} an hour.</source>
        <translation>Se mais pessoas responderem que o esperado, demora mais: a equipe responde {n} por hora.</translation>
    </message>
    <message>
        <source>How many will reply nobody knows yet; assumed are {likely} of 100 people, at least {few} and at most {many}.</source>
        <translation>Ninguém sabe ainda quantos vão responder; supõe-se {likely} respostas a cada 100 pessoas: no mínimo {few}, no máximo {many}.</translation>
    </message>
    <message>
        <source>Counted on, as in this campaign so far: {likely} of 100 people reply, at least {few} and at most {many}.</source>
        <translation>Conta-se, como nesta campanha até agora, com {likely} respostas a cada 100 pessoas: no mínimo {few}, no máximo {many}.</translation>
    </message>
    <message>
        <source>Counted on, as in earlier campaigns: {likely} of 100 people reply, at least {few} and at most {many}.</source>
        <translation>Conta-se, como nas campanhas anteriores, com {likely} respostas a cada 100 pessoas: no mínimo {few}, no máximo {many}.</translation>
    </message>
    <message>
        <source>between {earliest} and {latest}, probably {likely}</source>
        <translation>entre {earliest} e {latest}, provável {likely}</translation>
    </message>
    <message>
        <source>Ends {range}.</source>
        <translation>Termina {range}.</translation>
    </message>
    <message>
        <source>What holds it most: {rule}</source>
        <translation>O que mais segura: {rule}</translation>
    </message>
    <message>
        <source>M/d</source>
        <translation>d/M</translation>
    </message>
    <message>
        <source>daily limit of the numbers</source>
        <translation>limite diário dos números</translation>
    </message>
    <message>
        <source>hourly limit of the numbers</source>
        <translation>limite por hora dos números</translation>
    </message>
    <message>
        <source>limit per minute of the numbers</source>
        <translation>limite por minuto dos números</translation>
    </message>
    <message>
        <source>shortest gap between two messages</source>
        <translation>intervalo mínimo entre duas mensagens</translation>
    </message>
    <message>
        <source>time that the gateways take to answer</source>
        <translation>tempo de resposta dos gateways</translation>
    </message>
    <message>
        <source>pause between messages</source>
        <translation>pausa entre mensagens</translation>
    </message>
    <message>
        <source>hourly pace of the campaign</source>
        <translation>ritmo por hora da campanha</translation>
    </message>
    <message>
        <source>pace per second of the campaign</source>
        <translation>ritmo por segundo da campanha</translation>
    </message>
    <message>
        <source>sending hours</source>
        <translation>horário de envio</translation>
    </message>
    <message>
        <source>warm-up of the numbers</source>
        <translation>aquecimento dos números</translation>
    </message>
    <message>
        <source>Meta's limit of people in 24 hours</source>
        <translation>limite da Meta de pessoas em 24 horas</translation>
    </message>
    <message>
        <source>money of the month</source>
        <translation>valor do mês</translation>
    </message>
    <message>
        <source>messages of the month</source>
        <translation>mensagens do mês</translation>
    </message>
</context>
<context>
    <name>PriorityCard</name>
    <message>
        <source>Priority</source>
        <translation>Prioridade</translation>
    </message>
</context>
<context>
    <name>RetryCard</name>
    <message>
        <source>When a message does not get through</source>
        <translation>Quando uma mensagem não passa</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Poor connection</source>
        <translation>Conexão ruim</translation>
    </message>
    <message>
        <source>Do not try again</source>
        <translation>Não tentar de novo</translation>
    </message>
    <message>
        <source>Own values</source>
        <translation>Personalizado</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Novas tentativas</translation>
    </message>
    <message>
        <source>Attempts in all</source>
        <translation>Total de tentativas</translation>
    </message>
    <message>
        <source>First wait</source>
        <translation>Primeira espera</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Maior espera</translation>
    </message>
</context>
<context>
    <name>RhythmCard</name>
    <message>
        <source>Pace</source>
        <translation>Ritmo</translation>
    </message>
    <message>
        <source>The limits of each number hold besides.</source>
        <translation>Os limites de cada número também valem.</translation>
    </message>
    <message>
        <source>Answers then come in little by little, and your team can keep up with them.</source>
        <translation>Assim as respostas chegam aos poucos, e sua equipe dá conta delas.</translation>
    </message>
    <message>
        <source>Time between two messages</source>
        <translation>Tempo entre duas mensagens</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sem limite</translation>
    </message>
    <message>
        <source>Messages per hour, at most</source>
        <translation>Mensagens por hora, no máximo</translation>
    </message>
    <message>
        <source>to</source>
        <translation>a</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Avançado</translation>
    </message>
    <message>
        <source>Messages per second, at most</source>
        <translation>Mensagens por segundo, no máximo</translation>
    </message>
    <message>
        <source>In one go, at most</source>
        <translation>De uma só vez, no máximo</translation>
    </message>
    <message>
        <source>They count when the time between two messages is short and many numbers send at once.</source>
        <translation>Fazem diferença quando o intervalo entre mensagens é curto e vários números enviam ao mesmo tempo.</translation>
    </message>
</context>
<context>
    <name>RotationCard</name>
    <message>
        <source>How they take turns</source>
        <translation>Como eles se revezam</translation>
    </message>
    <message>
        <source>The healthiest number with the most room left today goes first</source>
        <translation>O número mais saudável e com mais espaço hoje vai primeiro</translation>
    </message>
    <message>
        <source>The number that has sent the least today goes first</source>
        <translation>O número que menos enviou hoje vai primeiro</translation>
    </message>
    <message>
        <source>One after the other in a fixed order, whoever is available</source>
        <translation>Um depois do outro, em ordem fixa, quem estiver disponível</translation>
    </message>
    <message>
        <source>Keep to the number that a person knows</source>
        <translation>Manter o número que a pessoa já conhece</translation>
    </message>
    <message>
        <source>Whoever has already received messages from one of these numbers hears from the same one while it is available. When it rests, another takes over.</source>
        <translation>Quem já recebeu mensagens de um destes números continua recebendo do mesmo enquanto ele estiver disponível. Se ele estiver parado, outro assume.</translation>
    </message>
</context>
<context>
    <name>Receiver</name>
    <message>
        <source>The receiver of this computer does not answer.</source>
        <translation>O receptor deste computador não responde.</translation>
    </message>
    <message>
        <source>The gateway posts to this address now.</source>
        <translation>O gateway agora envia para este endereço.</translation>
    </message>
    <message>
        <source>The gateway posts here no more.</source>
        <translation>O gateway não envia mais para cá.</translation>
    </message>
    <message>
        <source>It answers, here and at the public address.</source>
        <translation>Responde, aqui e no endereço público.</translation>
    </message>
    <message>
        <source>It answers on this computer. No public address is set.</source>
        <translation>Responde neste computador. Nenhum endereço público foi definido.</translation>
    </message>
    <message>
        <source>It answers here, but not at the public address: check the tunnel.</source>
        <translation>Responde aqui, mas não no endereço público: confira o túnel.</translation>
    </message>
</context>
<context>
    <name>ReceiverSection</name>
    <message>
        <source>The WhatsApp Cloud API tells what became of messages only by posting to an address. Evolution API and WAHA can, but need not: they are listened to anyway.</source>
        <translation>A WhatsApp Cloud API só informa o que aconteceu com as mensagens enviando para um endereço. A Evolution API e a WAHA podem fazer o mesmo, mas não precisam: elas já são escutadas.</translation>
    </message>
    <message>
        <source>Replace the other program's webhook?</source>
        <translation>Substituir o webhook do outro programa?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Substituir</translation>
    </message>
    <message>
        <source>Receive webhooks</source>
        <translation>Receber webhooks</translation>
    </message>
    <message>
        <source>Receipts and replies by webhook</source>
        <translation>Confirmações e respostas por webhook</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>Endereço público</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Porta</translation>
    </message>
    <message>
        <source>Other computers can reach it.</source>
        <translation>Outros computadores conseguem alcançá-lo.</translation>
    </message>
    <message>
        <source>Meta posts to public https addresses only. Run a tunnel to http://127.0.0.1:{port}, for example “cloudflared tunnel --url http://127.0.0.1:{port}”, and enter the address that it prints.</source>
        <translation>A Meta só envia para endereços https públicos. Abra um túnel para http://127.0.0.1:{port}, por exemplo “cloudflared tunnel --url http://127.0.0.1:{port}”, e informe o endereço que ele mostrar.</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Deixar como está</translation>
    </message>
    <message>
        <source>Another program receives the webhooks of {name}, and the gateway knows only one. That program is told nothing more. Cadência does not need it: it listens to this gateway anyway.</source>
        <translation>Outro programa recebe os webhooks de {name}, e o gateway só conhece um. Esse programa não será mais avisado. O Cadência não precisa disso: ele já escuta este gateway.</translation>
    </message>
</context>
<context>
    <name>WayRow</name>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>The verify token is in the clipboard.</source>
        <translation>O token de verificação está na área de transferência.</translation>
    </message>
    <message>
        <source>The app secret is missing</source>
        <translation>Falta o segredo do aplicativo</translation>
    </message>
    <message>
        <source>The address is in the clipboard. Whoever knows it can post to it.</source>
        <translation>O endereço está na área de transferência. Quem o conhece pode enviar para ele.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testar</translation>
    </message>
    <message>
        <source>Tell the gateway</source>
        <translation>Avisar o gateway</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Pronto</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Copy verify token</source>
        <translation>Copiar token de verificação</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Copiar endereço</translation>
    </message>
    <message>
        <source>App secret, from the basic settings of the Meta app</source>
        <translation>Segredo do aplicativo, nas configurações básicas do app da Meta</translation>
    </message>
    <message>
        <source>App secret</source>
        <translation>Segredo do aplicativo</translation>
    </message>
</context>
<context>
    <name>DoubtBadge</name>
    <message>
        <source>These messages may have left or not. Look at what is known, and decide.</source>
        <translation>Estas mensagens podem ter saído ou não. Veja o que se sabe e decida.</translation>
    </message>
    <message>
        <source>In doubt: {n}</source>
        <translation>Em dúvida: {n}</translation>
    </message>
</context>
<context>
    <name>Doubts</name>
    <message>
        <source>Recipient</source>
        <translation>Destinatário</translation>
    </message>
    <message>
        <source>Attempted</source>
        <translation>Tentada em</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>What is known</source>
        <translation>O que se sabe</translation>
    </message>
</context>
<context>
    <name>ActionsBar</name>
    <message>
        <source>Select none</source>
        <translation>Limpar seleção</translation>
    </message>
    <message>
        <source>Add tag…</source>
        <translation>Adicionar etiqueta…</translation>
    </message>
    <message>
        <source>Remove tag…</source>
        <translation>Remover etiqueta…</translation>
    </message>
    <message>
        <source>Opt out…</source>
        <translation>Descadastrar…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>{people} selected</source>
        <translation>Selecionado: {people}</translation>
    </message>
    <message>
        <source>Nobody selected: for everybody found, {people}</source>
        <translation>Nada selecionado: vale para todo o resultado, {people}</translation>
    </message>
    <message>
        <source>Nobody selected: for all contacts, {people}</source>
        <translation>Nada selecionado: vale para todos os contatos, {people}</translation>
    </message>
    <message>
        <source>{done} of {people} done</source>
        <translation>{done} de {people}</translation>
    </message>
    <message>
        <source>Tag {people}</source>
        <translation>Etiquetar {people}</translation>
    </message>
    <message>
        <source>Add tag</source>
        <translation>Adicionar etiqueta</translation>
    </message>
    <message>
        <source>Remove a tag from {people}</source>
        <translation>Remover uma etiqueta de {people}</translation>
    </message>
    <message>
        <source>Remove tag</source>
        <translation>Remover etiqueta</translation>
    </message>
    <message>
        <source>Never send to {people} again?</source>
        <translation>Nunca mais enviar para {people}?</translation>
    </message>
    <message>
        <source>They are left out of every campaign, also of those that are running. There is no undo for all of them at once: each can only be taken back on their own word.</source>
        <translation>Elas ficam fora de todas as campanhas, inclusive das que estão em andamento. Não dá para desfazer para todas de uma vez: cada pessoa só volta se ela mesma autorizar.</translation>
    </message>
    <message>
        <source>Opt out</source>
        <translation>Descadastrar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Export contacts</source>
        <translation>Exportar contatos</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>Tabela para planilhas (*.csv)</translation>
    </message>
    <message>
        <source>contacts.csv</source>
        <translation>contatos.csv</translation>
    </message>
</context>
<context>
    <name>Person</name>
    <message>
        <source>Came by</source>
        <translation>Veio por</translation>
    </message>
    <message>
        <source>by a reply</source>
        <translation>por uma resposta</translation>
    </message>
    <message>
        <source>by the operator</source>
        <translation>pelo operador</translation>
    </message>
    <message>
        <source>in WhatsApp itself</source>
        <translation>no próprio WhatsApp</translation>
    </message>
    <message>
        <source>import</source>
        <translation>importação</translation>
    </message>
    <message>
        <source>in an imported file</source>
        <translation>em um arquivo importado</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>Autorizou</translation>
    </message>
    <message>
        <source>No record</source>
        <translation>Sem registro</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Comprovante</translation>
    </message>
    <message>
        <source>Opted out</source>
        <translation>Descadastrado</translation>
    </message>
    <message>
        <source>Agreed again</source>
        <translation>Autorizou de novo</translation>
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
</context>
<context>
    <name>PersonDrawer</name>
    <message>
        <source>What happened</source>
        <translation>O que aconteceu</translation>
    </message>
    <message>
        <source>Everything in the log that concerns this person.</source>
        <translation>Tudo o que o registro guarda sobre esta pessoa.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Erase…</source>
        <translation>Apagar…</translation>
    </message>
    <message>
        <source>Opted out</source>
        <translation>Descadastrado</translation>
    </message>
    <message>
        <source>May receive</source>
        <translation>Pode receber</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiquetas</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentimento</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Mensagens</translation>
    </message>
    <message>
        <source>Nothing was sent to this person yet.</source>
        <translation>Nada foi enviado para esta pessoa ainda.</translation>
    </message>
    <message>
        <source>Agreed again…</source>
        <translation>Autorizou de novo…</translation>
    </message>
    <message>
        <source>Opt out…</source>
        <translation>Descadastrar…</translation>
    </message>
    <message>
        <source>No name</source>
        <translation>Sem nome</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Never send to this person again?</source>
        <translation>Nunca mais enviar para esta pessoa?</translation>
    </message>
    <message>
        <source>They are left out of every campaign, also of those that are running, until they agree again.</source>
        <translation>Ela fica fora de todas as campanhas, inclusive das que estão em andamento, até autorizar de novo.</translation>
    </message>
    <message>
        <source>Opt out</source>
        <translation>Descadastrar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Did this person agree again?</source>
        <translation>Esta pessoa autorizou de novo?</translation>
    </message>
    <message>
        <source>Confirm only when they told you so themselves. The day is kept as their consent.</source>
        <translation>Confirme só se a própria pessoa pediu. O dia fica registrado como o consentimento dela.</translation>
    </message>
    <message>
        <source>Yes, they agreed</source>
        <translation>Sim, autorizou</translation>
    </message>
    <message>
        <source>Erase this person?</source>
        <translation>Apagar esta pessoa?</translation>
    </message>
    <message>
        <source>Name, phone, fields, tags and consent are erased, and the phone disappears from all campaigns and messages. What stays: the counts of past campaigns, the log without the person, and a mark that cannot be read back, so that this phone is never written to again even if it is imported. This cannot be undone.</source>
        <translation>Nome, telefone, campos, etiquetas e consentimento são apagados, e o telefone some de todas as campanhas e mensagens. O que fica: os números das campanhas passadas, o registro sem a pessoa, e uma marca que não pode ser lida de volta, para que este telefone nunca mais receba nada, mesmo se for importado. Não dá para desfazer.</translation>
    </message>
    <message>
        <source>Erase for good</source>
        <translation>Apagar de vez</translation>
    </message>
    <message>
        <source>Record consent…</source>
        <translation>Registrar consentimento…</translation>
    </message>
    <message>
        <source>No consent recorded</source>
        <translation>Sem consentimento registrado</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Export everything about this person</source>
        <translation>Exportar tudo sobre esta pessoa</translation>
    </message>
    <message>
        <source>Export data…</source>
        <translation>Exportar dados…</translation>
    </message>
    <message>
        <source>Everything that is kept about this person, in one file for them.</source>
        <translation>Tudo o que está guardado sobre esta pessoa, em um arquivo para ela.</translation>
    </message>
    <message>
        <source>Consent recorded</source>
        <translation>Consentimento registrado</translation>
    </message>
    <message>
        <source>Add a field</source>
        <translation>Adicionar campo</translation>
    </message>
</context>
<context>
    <name>TagDialog</name>
    <message>
        <source>Choose one, or type a new one.</source>
        <translation>Escolha uma ou digite uma nova.</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>ImportChoices</name>
    <message>
        <source>Update them</source>
        <translation>Atualizar</translation>
    </message>
    <message>
        <source>Leave them as they are</source>
        <translation>Deixar como estão</translation>
    </message>
    <message>
        <source>Only add the tags</source>
        <translation>Só acrescentar as etiquetas</translation>
    </message>
    <message>
        <source>Who is known already</source>
        <translation>Quem já é contato</translation>
    </message>
    <message>
        <source>form on the site, signed sheet…</source>
        <translation>formulário do site, ficha assinada…</translation>
    </message>
    <message>
        <source>How they agreed to hear from you</source>
        <translation>Como autorizaram o contato</translation>
    </message>
    <message>
        <source>day/month/year</source>
        <translation>dia/mês/ano</translation>
    </message>
    <message>
        <source>On which day</source>
        <translation>Em que dia</translation>
    </message>
    <message>
        <source>Write a day, such as 31/12/2025.</source>
        <translation>Escreva um dia, como 31/12/2025.</translation>
    </message>
</context>
<context>
    <name>Experiment</name>
    <message>
        <source>Reading</source>
        <translation>Leitura</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>Respostas</translation>
    </message>
    <message>
        <source>No difference so far that could not be chance.</source>
        <translation>Até agora, nenhuma diferença que não possa ser acaso.</translation>
    </message>
    <message>
        <source>Not enough data yet: hardly anybody has read a message.</source>
        <translation>Ainda não há dados suficientes: quase ninguém leu a mensagem.</translation>
    </message>
    <message>
        <source>Not enough data yet: hardly anybody has replied.</source>
        <translation>Ainda não há dados suficientes: quase ninguém respondeu.</translation>
    </message>
    <message>
        <source>Not enough data yet: {messages} more of variation {letter}, at least.</source>
        <translation>Ainda não há dados suficientes: faltam pelo menos {messages} da variação {letter}.</translation>
    </message>
    <message>
        <source>Variation {letter} is read more often: {best} against {rival} of the next best.</source>
        <translation>A variação {letter} é mais lida: {best} contra {rival} da segunda melhor.</translation>
    </message>
    <message>
        <source>Variation {letter} gets more replies: {best} against {rival} of the next best.</source>
        <translation>A variação {letter} recebe mais respostas: {best} contra {rival} da segunda melhor.</translation>
    </message>
    <message>
        <source>By chance alone this would be seen in {share} of cases.</source>
        <translation>Por puro acaso, isso aconteceria em {share} dos casos.</translation>
    </message>
</context>
<context>
    <name>OptimiseRow</name>
    <message>
        <source>Send more of what works better, measured by</source>
        <translation>Enviar mais do que funciona melhor, medido por</translation>
    </message>
    <message>
        <source>replies</source>
        <translation>respostas</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>leitura</translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation>Medido por</translation>
    </message>
    <message>
        <source>The weights above are the beginning; they are looked at again each minute. Every variation keeps at least {floor} of the messages, and nobody gets two different ones.</source>
        <translation>Os pesos acima são o ponto de partida e são revistos a cada minuto. Cada variação fica com pelo menos {floor} das mensagens, e ninguém recebe duas diferentes.</translation>
    </message>
</context>
<context>
    <name>VariationsCard</name>
    <message>
        <source>By variation</source>
        <translation>Por variação</translation>
    </message>
    <message>
        <source>Compare by</source>
        <translation>Comparar por</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensagem</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Peso</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Enviadas</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregues</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lidas</translation>
    </message>
    <message>
        <source>Replied</source>
        <translation>Respondidas</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Taxa</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>Intervalo de 95%</translation>
    </message>
    <message>
        <source>The true rate lies in the interval in 95 of 100 cases: the fewer messages, the wider it is.</source>
        <translation>A taxa real está dentro do intervalo em 95 de cada 100 casos: quanto menos mensagens, mais largo ele é.</translation>
    </message>
</context>
<context>
    <name>AttachmentPanel</name>
    <message>
        <source>Send as</source>
        <translation>Enviar como</translation>
    </message>
    <message>
        <source>Attach another file</source>
        <translation>Anexar outro arquivo</translation>
    </message>
    <message>
        <source>Remove the file</source>
        <translation>Remover o arquivo</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Agora</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Menor</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Usar esta</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Manter a minha</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Anexar um arquivo</translation>
    </message>
    <message>
        <source>Pictures, videos, sounds, PDF ({patterns})</source>
        <translation>Imagens, vídeos, áudios, PDF ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos os arquivos (*)</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Não pode ser lido</translation>
    </message>
    <message>
        <source>The photo tells where it was taken. The other one does not, and has the size that chats show.</source>
        <translation>Esta foto revela onde foi tirada. A outra não revela, e tem o tamanho que as conversas mostram.</translation>
    </message>
    <message>
        <source>A smaller JPEG that every phone shows. Your own file stays as it is.</source>
        <translation>Um JPEG menor, que todo celular mostra. O seu arquivo continua como está.</translation>
    </message>
</context>
<context>
    <name>MediaWords</name>
    <message>
        <source>{gateways} does not take pictures in {detail}.</source>
        <translation>{gateways} não aceita imagens em {detail}.</translation>
    </message>
    <message>
        <source>With {gateways} some phones may not show pictures in {detail}.</source>
        <translation>Com {gateways}, alguns celulares podem não mostrar imagens em {detail}.</translation>
    </message>
    <message>
        <source>The picture is damaged: it cannot be opened to its end.</source>
        <translation>A imagem está danificada: não abre até o fim.</translation>
    </message>
    <message>
        <source>Most phones do not show HEIC: save the picture as JPEG, or send it as a document.</source>
        <translation>A maioria dos celulares não mostra HEIC: salve a imagem como JPEG, ou envie como documento.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>O arquivo está vazio.</translation>
    </message>
    <message>
        <source>Too large for {gateways}: at most {limit}.</source>
        <translation>Grande demais para {gateways}: no máximo {limit}.</translation>
    </message>
    <message>
        <source>{gateways} does not take {detail}.</source>
        <translation>{gateways} não aceita {detail}.</translation>
    </message>
    <message>
        <source>{gateways} does not play {detail}: save it with H.264 and AAC.</source>
        <translation>{gateways} não reproduz {detail}: salve com H.264 e AAC.</translation>
    </message>
    <message>
        <source>{gateways} sends no text with a sound: it would be lost.</source>
        <translation>{gateways} não envia texto junto com áudio: ele se perderia.</translation>
    </message>
    <message>
        <source>With {gateways} some phones may not show {detail}.</source>
        <translation>Com {gateways}, alguns celulares podem não mostrar {detail}.</translation>
    </message>
    <message>
        <source>With {gateways} some phones may not play {detail}.</source>
        <translation>Com {gateways}, alguns celulares podem não reproduzir {detail}.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Imagem</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vídeo</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Áudio</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Arquivo</translation>
    </message>
</context>
<context>
    <name>PreviewDialog</name>
    <message>
        <source>As the first people will read it</source>
        <translation>Como as primeiras pessoas vão ler</translation>
    </message>
    <message>
        <source>{count} of {of} cannot get the message like this.</source>
        <translation>{count} de {of} não podem receber a mensagem assim.</translation>
    </message>
    <message>
        <source>All {of} of them have what the message needs.</source>
        <translation>Todas as {of} têm o que a mensagem precisa.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Lacks: {fields}</source>
        <translation>Falta: {fields}</translation>
    </message>
</context>
<context>
    <name>EditorCompletion</name>
    <message>
        <source>first name only</source>
        <translation>só o primeiro nome</translation>
    </message>
    <message>
        <source>last name only</source>
        <translation>só o sobrenome</translation>
    </message>
    <message>
        <source>ALL CAPITALS</source>
        <translation>TUDO EM MAIÚSCULAS</translation>
    </message>
    <message>
        <source>small letters</source>
        <translation>tudo em minúsculas</translation>
    </message>
    <message>
        <source>Each Word Capital</source>
        <translation>Iniciais Maiúsculas</translation>
    </message>
    <message>
        <source>day/month/year</source>
        <translation>dia/mês/ano</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>friend</source>
        <translation>amigo</translation>
    </message>
    <message>
        <source>where the value is missing</source>
        <translation>onde o valor falta</translation>
    </message>
</context>
<context>
    <name>AddressForm</name>
    <message>
        <source>API key</source>
        <translation>Chave da API</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Token de acesso</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Endereço</translation>
    </message>
    <message>
        <source>In WhatsApp Manager, on the page of the account.</source>
        <translation>No Gerenciador do WhatsApp, na página da conta.</translation>
    </message>
    <message>
        <source>Kept in the keyring of this computer, nowhere else.</source>
        <translation>Guardada no chaveiro deste computador, em nenhum outro lugar.</translation>
    </message>
    <message>
        <source>Leave it empty for Meta's own. Add a version at the end, such as /v24.0, to use that one.</source>
        <translation>Deixe em branco para usar o da Meta. Para usar outra versão, coloque-a no fim, como /v24.0.</translation>
    </message>
    <message>
        <source>Leave it empty to choose among all numbers of the account.</source>
        <translation>Deixe em branco para escolher entre todos os números da conta.</translation>
    </message>
    <message>
        <source>Of a system user, so that it does not expire. Kept in the keyring of this computer only.</source>
        <translation>De um usuário do sistema, para não expirar. Fica guardado só no chaveiro deste computador.</translation>
    </message>
    <message>
        <source>Phone number ID</source>
        <translation>ID do número de telefone</translation>
    </message>
    <message>
        <source>WhatsApp Business Account ID</source>
        <translation>ID da conta do WhatsApp Business</translation>
    </message>
    <message>
        <source>Your certificate</source>
        <translation>Seu certificado</translation>
    </message>
    <message>
        <source>Of a server whose certificate your company has issued itself (PEM).</source>
        <translation>De um servidor cujo certificado foi emitido pela própria empresa (PEM).</translation>
    </message>
    <message>
        <source>For a server that asks for one: certificate and key in one file, without a passphrase (PEM).</source>
        <translation>Para um servidor que exige: certificado e chave em um só arquivo, sem senha (PEM).</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Escolher um arquivo</translation>
    </message>
    <message>
        <source>Certificates of your own…</source>
        <translation>Certificados próprios…</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Certificados (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>Authority to trust</source>
        <translation>Autoridade em que confiar</translation>
    </message>
</context>
<context>
    <name>GatewayChoice</name>
    <message>
        <source>Meta's official API, with templates</source>
        <translation>API oficial da Meta, com modelos</translation>
    </message>
    <message>
        <source>Your own server, by QR code</source>
        <translation>Servidor próprio, por código QR</translation>
    </message>
</context>
<context>
    <name>ProviderDialog</name>
    <message>
        <source>Ask again</source>
        <translation>Perguntar de novo</translation>
    </message>
    <message>
        <source>Asking Meta…</source>
        <translation>Perguntando à Meta…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>What Meta says of {name}</source>
        <translation>O que a Meta diz de {name}</translation>
    </message>
</context>
<context>
    <name>ProviderWords</name>
    <message>
        <source>Also in the WhatsApp Business app</source>
        <translation>Também no app WhatsApp Business</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Aprovado</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>Autenticação</translation>
    </message>
    <message>
        <source>Being deleted</source>
        <translation>Em exclusão</translation>
    </message>
    <message>
        <source>Disabled by Meta</source>
        <translation>Desativado pela Meta</translation>
    </message>
    <message>
        <source>High quality</source>
        <translation>Qualidade alta</translation>
    </message>
    <message>
        <source>In appeal</source>
        <translation>Em recurso</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>Em análise</translation>
    </message>
    <message>
        <source>Limit exceeded</source>
        <translation>Limite excedido</translation>
    </message>
    <message>
        <source>Low quality</source>
        <translation>Qualidade baixa</translation>
    </message>
    <message>
        <source>Marketing</source>
        <translation>Marketing</translation>
    </message>
    <message>
        <source>May send</source>
        <translation>Pode enviar</translation>
    </message>
    <message>
        <source>Medium quality</source>
        <translation>Qualidade média</translation>
    </message>
    <message>
        <source>Messaging limit</source>
        <translation>Limite de mensagens</translation>
    </message>
    <message>
        <source>Meta's reason: {reason}</source>
        <translation>Motivo da Meta: {reason}</translation>
    </message>
    <message>
        <source>Name that people see</source>
        <translation>Nome que as pessoas veem</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Não</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sem limite</translation>
    </message>
    <message>
        <source>No, blocked by Meta</source>
        <translation>Não, bloqueado pela Meta</translation>
    </message>
    <message>
        <source>Not rated yet</source>
        <translation>Ainda sem avaliação</translation>
    </message>
    <message>
        <source>Paused by Meta</source>
        <translation>Pausado pela Meta</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejeitado</translation>
    </message>
    <message>
        <source>Templates: {count}, {ready} approved</source>
        <translation>Modelos: {count}, {ready} aprovados</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Vazão</translation>
    </message>
    <message>
        <source>Utility</source>
        <translation>Utilidade</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sim</translation>
    </message>
    <message>
        <source>Yes (coexistence)</source>
        <translation>Sim (coexistência)</translation>
    </message>
    <message>
        <source>Yes, with restrictions</source>
        <translation>Sim, com restrições</translation>
    </message>
    <message>
        <source>{count} messages a second</source>
        <translation>{count} mensagens por segundo</translation>
    </message>
    <message>
        <source>{count} people in 24 hours, for all numbers of the company</source>
        <translation>{count} pessoas em 24 horas, somando todos os números da empresa</translation>
    </message>
</context>
<context>
    <name>RemotesList</name>
    <message>
        <source>All numbers of this gateway are added already.</source>
        <translation>Todos os números deste gateway já foram adicionados.</translation>
    </message>
    <message>
        <source>Choose one number or several:</source>
        <translation>Escolha um ou mais números:</translation>
    </message>
    <message>
        <source>Create at the gateway</source>
        <translation>Criar no gateway</translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>Criando…</translation>
    </message>
    <message>
        <source>Name of a new one, such as sales-2</source>
        <translation>Nome de um novo, como vendas-2</translation>
    </message>
    <message>
        <source>Name of the new number at the gateway</source>
        <translation>Nome do novo número no gateway</translation>
    </message>
    <message>
        <source>This account has no number yet: add one in WhatsApp Manager first.</source>
        <translation>Esta conta ainda não tem número: adicione um antes no Gerenciador do WhatsApp.</translation>
    </message>
    <message>
        <source>This gateway has no number yet: create the first one here.</source>
        <translation>Este gateway ainda não tem número: crie o primeiro aqui.</translation>
    </message>
</context>
<context>
    <name>FilterNote</name>
    <message>
        <source>Show all contacts</source>
        <translation>Mostrar todos os contatos</translation>
    </message>
</context>
<context>
    <name>GroupBox</name>
    <message>
        <source>any rule holds</source>
        <translation>alguma regra vale</translation>
    </message>
    <message>
        <source>all rules hold</source>
        <translation>todas as regras valem</translation>
    </message>
    <message>
        <source>Rules of which another number must hold, such as: this one, or that one.</source>
        <translation>Regras que se combinam de outro jeito, por exemplo: esta ou aquela.</translation>
    </message>
    <message>
        <source>Remove this group</source>
        <translation>Remover este grupo</translation>
    </message>
    <message>
        <source>People for whom</source>
        <translation>Pessoas para quem</translation>
    </message>
    <message>
        <source>How the rules are combined</source>
        <translation>Como as regras se combinam</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>Adicionar regra</translation>
    </message>
    <message>
        <source>Add a group</source>
        <translation>Adicionar grupo</translation>
    </message>
</context>
<context>
    <name>RuleRow</name>
    <message>
        <source>value</source>
        <translation>valor</translation>
    </message>
    <message>
        <source>in the last </source>
        <translation>nos últimos </translation>
    </message>
    <message>
        <source>in any campaign</source>
        <translation>qualquer campanha</translation>
    </message>
    <message>
        <source>What the rule is about</source>
        <translation>Sobre o que é a regra</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>O que aconteceu</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Remove this rule</source>
        <translation>Remover esta regra</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Dias</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentimento</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Comparação</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campanha</translation>
    </message>
    <message>
        <source> days</source>
        <translation> dias</translation>
    </message>
</context>
<context>
    <name>SegmentCard</name>
    <message>
        <source>This segment is not there any more. Choose another one.</source>
        <translation>Este segmento não existe mais. Escolha outro.</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>Segmento</translation>
    </message>
    <message>
        <source>No segment is saved yet. A segment finds people by rules, such as who read.</source>
        <translation>Ainda não há segmento salvo. Um segmento encontra pessoas por regras, como quem leu.</translation>
    </message>
    <message>
        <source>New segment…</source>
        <translation>Novo segmento…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Editar…</translation>
    </message>
</context>
<context>
    <name>Segments</name>
    <message>
        <source>was withdrawn (opted out)</source>
        <translation>foi retirado (pediu para sair)</translation>
    </message>
    <message>
        <source>was sent no message</source>
        <translation>não recebeu mensagem nossa</translation>
    </message>
    <message>
        <source>was sent a message</source>
        <translation>recebeu mensagem nossa</translation>
    </message>
    <message>
        <source>replied</source>
        <translation>respondeu</translation>
    </message>
    <message>
        <source>read a message</source>
        <translation>leu uma mensagem</translation>
    </message>
    <message>
        <source>no message failed</source>
        <translation>não teve falha no envio</translation>
    </message>
    <message>
        <source>is recorded</source>
        <translation>está registrado</translation>
    </message>
    <message>
        <source>is not recorded</source>
        <translation>não está registrado</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>é diferente de</translation>
    </message>
    <message>
        <source>is less than</source>
        <translation>é menor que</translation>
    </message>
    <message>
        <source>is greater than</source>
        <translation>é maior que</translation>
    </message>
    <message>
        <source>is filled in</source>
        <translation>está preenchido</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>está vazio</translation>
    </message>
    <message>
        <source>is</source>
        <translation>é igual a</translation>
    </message>
    <message>
        <source>in the last {n} days</source>
        <translation>nos últimos {n} dias</translation>
    </message>
    <message>
        <source>in the last day</source>
        <translation>no último dia</translation>
    </message>
    <message>
        <source>has the tag</source>
        <translation>tem a etiqueta</translation>
    </message>
    <message>
        <source>got no message delivered</source>
        <translation>não teve mensagem entregue</translation>
    </message>
    <message>
        <source>got a message delivered</source>
        <translation>teve mensagem entregue</translation>
    </message>
    <message>
        <source>does not have the tag</source>
        <translation>não tem a etiqueta</translation>
    </message>
    <message>
        <source>did not reply</source>
        <translation>não respondeu</translation>
    </message>
    <message>
        <source>did not read any</source>
        <translation>não leu mensagem</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>contém</translation>
    </message>
    <message>
        <source>begins with</source>
        <translation>começa com</translation>
    </message>
    <message>
        <source>at any time</source>
        <translation>em qualquer época</translation>
    </message>
    <message>
        <source>a message failed</source>
        <translation>teve falha no envio</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Histórico</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentimento</translation>
    </message>
    <message>
        <source> or </source>
        <translation> ou </translation>
    </message>
    <message>
        <source> and </source>
        <translation> e </translation>
    </message>
</context>
<context>
    <name>SegmentsDialog</name>
    <message>
        <source>There is a segment of this name.</source>
        <translation>Já existe um segmento com este nome.</translation>
    </message>
    <message>
        <source>The rules that you changed are not saved.</source>
        <translation>As regras que você mudou não foram salvas.</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>Segmentos</translation>
    </message>
    <message>
        <source>Saved. Campaigns can be sent to it.</source>
        <translation>Salvo. Já dá para enviar campanhas para ele.</translation>
    </message>
    <message>
        <source>Saved segments</source>
        <translation>Segmentos salvos</translation>
    </message>
    <message>
        <source>Saved rules that find people. Who is in a segment changes by itself; a campaign keeps those who are in it at its start.</source>
        <translation>Regras salvas que encontram pessoas. Quem faz parte de um segmento muda sozinho; a campanha fica com quem está nele quando começa.</translation>
    </message>
    <message>
        <source>Save segment</source>
        <translation>Salvar segmento</translation>
    </message>
    <message>
        <source>Nobody is deleted. Campaigns that have started keep their people; drafts need another audience.</source>
        <translation>Ninguém é excluído. Campanhas já iniciadas mantêm suas pessoas; rascunhos vão precisar de outro público.</translation>
    </message>
    <message>
        <source>New segment</source>
        <translation>Novo segmento</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Make a copy</source>
        <translation>Fazer uma cópia</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>Sair sem salvar?</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Sair</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>Continuar editando</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Excluir…</translation>
    </message>
    <message>
        <source>Delete “{name}”?</source>
        <translation>Excluir “{name}”?</translation>
    </message>
    <message>
        <source>Delete segment</source>
        <translation>Excluir segmento</translation>
    </message>
    <message>
        <source>Customers from Recife who read us lately</source>
        <translation>Clientes do Recife que leram nos últimos dias</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Campaigns find it by its name, which it keeps.</source>
        <translation>As campanhas o encontram pelo nome, que não muda mais.</translation>
    </message>
    <message>
        <source>Nobody is deleted. Campaigns that have started keep their people. These need another audience: {names}.</source>
        <translation>Ninguém é excluído. Campanhas que já começaram ficam com as pessoas delas. Estas precisam de outro público: {names}.</translation>
    </message>
    <message>
        <source>Nobody is deleted, and no campaign that waits for its start uses it.</source>
        <translation>Ninguém é excluído, e nenhuma campanha que ainda vai começar usa este segmento.</translation>
    </message>
    <message>
        <source>Campaigns that follow a new name: {n}</source>
        <translation>Campanhas que acompanham um novo nome: {n}</translation>
    </message>
    <message>
        <source> and {n} more</source>
        <translation> e mais {n}</translation>
    </message>
</context>
<context>
    <name>WhoCard</name>
    <message>
        <source>Who is in it now</source>
        <translation>Quem está nele agora</translation>
    </message>
    <message>
        <source>Show all of them</source>
        <translation>Mostrar todos</translation>
    </message>
    <message>
        <source>Opted out, and will not receive anything: {people}</source>
        <translation>Pediram para sair e não vão receber nada: {people}</translation>
    </message>
    <message>
        <source>Nobody meets these rules at the moment.</source>
        <translation>Ninguém atende a estas regras no momento.</translation>
    </message>
    <message>
        <source>Nobody among them opted out</source>
        <translation>Ninguém entre eles pediu para sair</translation>
    </message>
    <message>
        <source>No name</source>
        <translation>Sem nome</translation>
    </message>
    <message>
        <source>Add a rule and fill it in.</source>
        <translation>Adicione uma regra e preencha.</translation>
    </message>
</context>
<context>
    <name>AbsentSection</name>
    <message>
        <source>Who was checked in the last seven days and not found there is left out, with that reason. Check them in Contacts.</source>
        <translation>Quem foi verificado nos últimos sete dias e não foi encontrado fica de fora, com esse motivo. Verifique em Contatos.</translation>
    </message>
    <message>
        <source>People who are not on WhatsApp</source>
        <translation>Pessoas que não estão no WhatsApp</translation>
    </message>
    <message>
        <source>Leave out who is known not to be on WhatsApp</source>
        <translation>Deixar de fora quem sabidamente não está no WhatsApp</translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message>
        <source>token of the API</source>
        <translation>token da API</translation>
    </message>
    <message>
        <source>signing secret of webhook {of}</source>
        <translation>segredo de assinatura do webhook {of}</translation>
    </message>
    <message>
        <source>passphrase of the backups</source>
        <translation>frase secreta dos backups</translation>
    </message>
    <message>
        <source>key of the AI endpoint</source>
        <translation>chave do serviço de IA</translation>
    </message>
    <message>
        <source>app secret of {instance}</source>
        <translation>segredo do aplicativo de {instance}</translation>
    </message>
    <message>
        <source>access key of {instance}</source>
        <translation>chave de acesso de {instance}</translation>
    </message>
    <message>
        <source>Stored: {secret}</source>
        <translation>Guardado: {secret}</translation>
    </message>
    <message>
        <source>Report exported ({format})</source>
        <translation>Relatório exportado ({format})</translation>
    </message>
    <message>
        <source>Removed: {secret}</source>
        <translation>Removido: {secret}</translation>
    </message>
    <message>
        <source>A backup was restored</source>
        <translation>Um backup foi restaurado</translation>
    </message>
    <message>
        <source>{contact} was told by {instance} that the opt-out counts</source>
        <translation>{instance} confirmou a {contact} o pedido para sair</translation>
    </message>
    <message>
        <source>The opt-out confirmation to {contact} would have come too late</source>
        <translation>A confirmação do pedido para sair de {contact} chegaria tarde demais</translation>
    </message>
    <message>
        <source>The opt-out confirmation to {contact} was refused</source>
        <translation>A confirmação do pedido para sair de {contact} foi recusada</translation>
    </message>
    <message>
        <source>Opt-out confirmation</source>
        <translation>Confirmação do pedido para sair</translation>
    </message>
    <message>
        <source>It is not certain whether the opt-out confirmation to {contact} left</source>
        <translation>Não é certo se a confirmação do pedido para sair chegou a {contact}</translation>
    </message>
    <message>
        <source>Test message sent by {instance}</source>
        <translation>Mensagem de teste enviada por {instance}</translation>
    </message>
    <message>
        <source>Test message</source>
        <translation>Mensagem de teste</translation>
    </message>
    <message>
        <source>AI asked: {texts} texts, {tokens_in} + {tokens_out} tokens</source>
        <translation>IA consultada: {texts} textos, {tokens_in} + {tokens_out} tokens</translation>
    </message>
    <message>
        <source>AI asked</source>
        <translation>IA consultada</translation>
    </message>
</context>
<context>
    <name>OptOutReplySection</name>
    <message>
        <source>Without variables. Only opt-outs after it was switched on are answered.</source>
        <translation>Sem variáveis. Só recebe resposta quem pedir para sair depois de ligada esta opção.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>One short answer, once for each person ever, from the number that got the word and within its limits.</source>
        <translation>Uma resposta curta, uma única vez por pessoa, pelo número que recebeu a palavra e dentro dos limites dele.</translation>
    </message>
    <message>
        <source>Confirmation of an opt-out</source>
        <translation>Confirmação do pedido para sair</translation>
    </message>
    <message>
        <source>Answer who opts out by a word</source>
        <translation>Responder a quem pede para sair com uma palavra</translation>
    </message>
</context>
<context>
    <name>PeopleSettings</name>
    <message>
        <source>Done: you will receive no more messages from us.</source>
        <translation>Pronto: você não receberá mais mensagens nossas.</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>When it ends is known once one of its numbers can send.</source>
        <translation>O fim será conhecido quando um dos números puder enviar.</translation>
    </message>
    <message>
        <source>With more replies than expected it takes longer: the team answers {per_hour} an hour. {counted}</source>
        <translation>Com mais respostas que o esperado, demora mais: a equipe responde {per_hour} por hora. {counted}</translation>
    </message>
    <message>
        <source>The team keeps up with the replies: it answers {per_hour} an hour.</source>
        <translation>A equipe dá conta das respostas: responde {per_hour} por hora.</translation>
    </message>
    <message>
        <source>Replies decide when it ends: the team answers {per_hour} an hour. {counted}</source>
        <translation>As respostas decidem quando termina: a equipe responde {per_hour} por hora. {counted}</translation>
    </message>
    <message>
        <source>It ends earlier when more replies can be answered, or with fewer people.</source>
        <translation>Termina antes se a equipe puder responder mais, ou com menos pessoas.</translation>
    </message>
    <message>
        <source>Take the smaller picture that the editor offers, or save it as an ordinary JPEG.</source>
        <translation>Use a imagem menor que o editor oferece, ou salve como um JPEG comum.</translation>
    </message>
    <message>
        <source>Save it as JPEG, or send it as a document.</source>
        <translation>Salve como JPEG, ou envie como documento.</translation>
    </message>
    <message>
        <source>Message {number}: {gateway} does not take pictures in {detail} ({name}).</source>
        <translation>Mensagem {number}: {gateway} não aceita imagens em {detail} ({name}).</translation>
    </message>
    <message>
        <source>Message {number}: the picture {name} is damaged, it cannot be opened to its end.</source>
        <translation>Mensagem {number}: a imagem {name} está danificada, não abre até o fim.</translation>
    </message>
    <message>
        <source>Message {number}: some phones may not show pictures in {detail} ({name}).</source>
        <translation>Mensagem {number}: alguns celulares podem não mostrar imagens em {detail} ({name}).</translation>
    </message>
    <message>
        <source>Message {number}: most phones do not show HEIC pictures ({name}).</source>
        <translation>Mensagem {number}: a maioria dos celulares não mostra imagens HEIC ({name}).</translation>
    </message>
    <message>
        <source>Choose the picture again, or another one.</source>
        <translation>Escolha a imagem de novo, ou outra.</translation>
    </message>
    <message>
        <source>Record their consent in Contacts, or import it with date and proof.</source>
        <translation>Registre o consentimento em Contatos, ou importe com data e comprovante.</translation>
    </message>
    <message>
        <source>Record it in Contacts, or import it with date and proof, before the start.</source>
        <translation>Registre em Contatos, ou importe com data e comprovante, antes de começar.</translation>
    </message>
    <message>
        <source>Nobody is left: of {n} people it is not recorded that they agreed.</source>
        <translation>Não sobra ninguém: {n} pessoas não têm consentimento registrado.</translation>
    </message>
    <message>
        <source>Left out, because no consent is recorded: {n}.</source>
        <translation>Ficam de fora, por não haver consentimento registrado: {n}.</translation>
    </message>
    <message>
        <source>Everybody has a recorded consent.</source>
        <translation>Todos têm consentimento registrado.</translation>
    </message>
    <message>
        <source>{n} messages</source>
        <translation>{n} mensagens</translation>
    </message>
    <message>
        <source>This month has money left for a part of it only: {left}, for at most {cost}.</source>
        <translation>Este mês só tem valor para uma parte: {left}, para um custo de até {cost}.</translation>
    </message>
    <message>
        <source>This month has messages left for a part of it only: {left}, for {people}.</source>
        <translation>Este mês só tem mensagens para uma parte: {left}, para {people}.</translation>
    </message>
    <message>
        <source>The month has no budget, and no prices are entered.</source>
        <translation>O mês não tem orçamento e nenhum preço foi preenchido.</translation>
    </message>
    <message>
        <source>The budget of the month has too few messages left: {left}, for {people}.</source>
        <translation>Restam poucas mensagens no orçamento do mês: {left}, para {people}.</translation>
    </message>
    <message>
        <source>Raise it in Settings, choose fewer people, or start next month.</source>
        <translation>Aumente em Configurações, escolha menos pessoas ou comece no mês que vem.</translation>
    </message>
    <message>
        <source>Other campaigns of this month may find it used up.</source>
        <translation>Outras campanhas deste mês podem ficar sem orçamento.</translation>
    </message>
    <message>
        <source>It will pause when they are used up. Resume it next month, or raise the budget.</source>
        <translation>Ela vai pausar quando elas acabarem. Retome no mês que vem ou aumente o orçamento.</translation>
    </message>
    <message>
        <source>It will pause when it is used up. Resume it next month, or raise the budget.</source>
        <translation>Ela vai pausar quando o valor acabar. Retome no mês que vem ou aumente o orçamento.</translation>
    </message>
    <message>
        <source>It may cost {cost}, more than the budget of the month has left: {left}.</source>
        <translation>Pode custar {cost}, mais do que resta no orçamento do mês: {left}.</translation>
    </message>
    <message>
        <source>It costs {cost} and more: for {unpriced} no price is entered.</source>
        <translation>Custa {cost} ou mais: falta o preço para {unpriced}.</translation>
    </message>
    <message>
        <source>It costs at most {cost}. The month has no budget.</source>
        <translation>Custa no máximo {cost}. O mês não tem orçamento.</translation>
    </message>
    <message>
        <source>It costs at most {cost}. The budget has left: {left}.</source>
        <translation>Custa no máximo {cost}. Restam no orçamento: {left}.</translation>
    </message>
    <message>
        <source>It costs at most {cost} and takes nearly all that the budget has left: {left}.</source>
        <translation>Custa no máximo {cost} e consome quase tudo o que resta do orçamento: {left}.</translation>
    </message>
    <message>
        <source>Enter the prices of Meta's list in Settings, Budget.</source>
        <translation>Preencha os preços da tabela da Meta em Configurações, Orçamento.</translation>
    </message>
    <message>
        <source>There is no segment “{name}” any more.</source>
        <translation>O segmento “{name}” não existe mais.</translation>
    </message>
    <message>
        <source>Choose another audience.</source>
        <translation>Escolha outro público.</translation>
    </message>
</context>
<context>
    <name>ConsentSection</name>
    <message>
        <source>Send only to people whose consent is recorded</source>
        <translation>Enviar só para quem tem consentimento registrado</translation>
    </message>
    <message>
        <source>Left out at present: {people}.</source>
        <translation>Ficam de fora agora: {people}.</translation>
    </message>
    <message>
        <source>It would leave out: {people}.</source>
        <translation>Deixaria de fora: {people}.</translation>
    </message>
    <message>
        <source>It counts from the next start of a campaign on. Who opted out never receives anything.</source>
        <translation>Vale a partir da próxima campanha iniciada. Quem pediu para sair nunca recebe nada.</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentimento</translation>
    </message>
    <message>
        <source>A consent is recorded with its day and proof: by an import that says so, or in Contacts by you.</source>
        <translation>O consentimento fica registrado com dia e comprovante: por uma importação que o informa, ou por você em Contatos.</translation>
    </message>
</context>
<context>
    <name>PersonDialogs</name>
    <message>
        <source>form on the site, signed sheet, call…</source>
        <translation>formulário do site, ficha assinada, ligação…</translation>
    </message>
    <message>
        <source>Yes, they agreed</source>
        <translation>Sim, autorizou</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>This person has that field already.</source>
        <translation>Esta pessoa já tem esse campo.</translation>
    </message>
    <message>
        <source>Record this person's consent?</source>
        <translation>Registrar o consentimento desta pessoa?</translation>
    </message>
    <message>
        <source>How they agreed</source>
        <translation>Como autorizou</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Did this person agree again?</source>
        <translation>Esta pessoa autorizou de novo?</translation>
    </message>
    <message>
        <source>Confirm only when they told you so themselves. The day is kept as their consent.</source>
        <translation>Confirme só se a própria pessoa lhe disse. O dia fica registrado como consentimento.</translation>
    </message>
    <message>
        <source>Choose one, or type a new one.</source>
        <translation>Escolha um ou digite um novo.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Add a field</source>
        <translation>Adicionar campo</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Adicionar</translation>
    </message>
</context>
<context>
    <name>LackingDialog</name>
    <message>
        <source>Without “{field}”</source>
        <translation>Sem “{field}”</translation>
    </message>
    <message>
        <source>They cannot get the message like this. Fill the field in, or give the variable a text for that case.</source>
        <translation>Assim não podem receber a mensagem. Preencha o campo ou dê à variável um texto para esse caso.</translation>
    </message>
    <message>
        <source>The first {n} of {people}.</source>
        <translation>Os primeiros {n} de {people}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>LibraryDialog</name>
    <message>
        <source>Variation</source>
        <translation>Variação</translation>
    </message>
    <message>
        <source>Use this message</source>
        <translation>Usar esta mensagem</translation>
    </message>
    <message>
        <source>Saved messages</source>
        <translation>Mensagens salvas</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renomear</translation>
    </message>
    <message>
        <source>Nothing saved yet. Write a message and keep it with “Save message”: it can be used again here.</source>
        <translation>Nada salvo ainda. Escreva uma mensagem e guarde com “Salvar mensagem”: ela fica aqui para usar de novo.</translation>
    </message>
    <message>
        <source>No saved message has these words.</source>
        <translation>Nenhuma mensagem salva tem essas palavras.</translation>
    </message>
    <message>
        <source>Name, words of the text, file</source>
        <translation>Nome, palavras do texto, arquivo</translation>
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
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Campaigns that were made from it keep their messages and files.</source>
        <translation>As campanhas feitas com ela mantêm suas mensagens e arquivos.</translation>
    </message>
    <message>
        <source>Add as variations</source>
        <translation>Adicionar como variações</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Whole name</source>
        <translation>Nome completo</translation>
    </message>
    <message>
        <source>Text, or a field such as {{name}}</source>
        <translation>Texto ou um campo, como {{nome}}</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>Insert variable</source>
        <translation>Inserir variável</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Primeiro nome</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Who cannot get it like this</source>
        <translation>Quem não pode receber assim</translation>
    </message>
    <message>
        <source>What you write appears here.</source>
        <translation>O que você escrever aparece aqui.</translation>
    </message>
    <message>
        <source>The template is not in the list: read it again to see it.</source>
        <translation>O modelo não está na lista: leia-a de novo para vê-lo.</translation>
    </message>
    <message>
        <source>The message cannot be written for this contact.</source>
        <translation>Não dá para escrever a mensagem para este contato.</translation>
    </message>
    <message>
        <source>Show another choice of words</source>
        <translation>Mostrar outra escolha de palavras</translation>
    </message>
    <message>
        <source>Read it as each of the first people</source>
        <translation>Ler como cada uma das primeiras pessoas</translation>
    </message>
    <message>
        <source>Previous contact</source>
        <translation>Contato anterior</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>Ninguém ainda</translation>
    </message>
    <message>
        <source>Next contact</source>
        <translation>Próximo contato</translation>
    </message>
    <message>
        <source>Missing for this contact: {fields}. Give the variable a text for that case.</source>
        <translation>Falta para este contato: {fields}. Dê à variável um texto para esse caso.</translation>
    </message>
    <message>
        <source>Mend the marked places to see the message.</source>
        <translation>Corrija os trechos marcados para ver a mensagem.</translation>
    </message>
    <message>
        <source>As it will be read</source>
        <translation>Como será lida</translation>
    </message>
    <message>
        <source>Send a test to my phone</source>
        <translation>Enviar um teste para o meu telefone</translation>
    </message>
    <message>
        <source>Too long for this contact by {count} characters.</source>
        <translation>Passa do limite para este contato em {count} caracteres.</translation>
    </message>
    <message>
        <source>This person gets a text of their own.</source>
        <translation>Esta pessoa recebe um texto só dela.</translation>
    </message>
</context>
<context>
    <name>ReaderSearch</name>
    <message>
        <source>Nobody of the audience is like that</source>
        <translation>Ninguém do público é assim</translation>
    </message>
    <message>
        <source>Anybody of the audience</source>
        <translation>Qualquer pessoa do público</translation>
    </message>
</context>
<context>
    <name>TemplateDialog</name>
    <message>
        <source>Use this template</source>
        <translation>Usar este modelo</translation>
    </message>
    <message>
        <source>Templates belong to numbers of Meta's Cloud API. Add such a number under Instances first.</source>
        <translation>Modelos pertencem a números da Cloud API da Meta. Adicione antes um número assim em Instâncias.</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Situação</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lendo…</translation>
    </message>
    <message>
        <source>Read again from Meta</source>
        <translation>Ler de novo da Meta</translation>
    </message>
    <message>
        <source>Only approved templates can be sent.</source>
        <translation>Só modelos aprovados podem ser enviados.</translation>
    </message>
    <message>
        <source>No template is like that.</source>
        <translation>Nenhum modelo é assim.</translation>
    </message>
    <message>
        <source>No template is known yet. Read them from Meta.</source>
        <translation>Nenhum modelo conhecido ainda. Leia-os da Meta.</translation>
    </message>
    <message>
        <source>Name or words of the text</source>
        <translation>Nome ou palavras do texto</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>It has a part that cannot be sent from here: {part}.</source>
        <translation>Tem uma parte que não dá para enviar daqui: {part}.</translation>
    </message>
    <message>
        <source>Choose a template</source>
        <translation>Escolher um modelo</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Categoria</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>Todas as situações</translation>
    </message>
    <message>
        <source>Any language</source>
        <translation>Todos os idiomas</translation>
    </message>
    <message>
        <source>Any category</source>
        <translation>Todas as categorias</translation>
    </message>
</context>
<context>
    <name>TemplatePanel</name>
    <message>
        <source>Write a text instead</source>
        <translation>Escrever um texto em vez dele</translation>
    </message>
    <message>
        <source>The accounts of your numbers do not have this template. Read the list again.</source>
        <translation>As contas dos seus números não têm este modelo. Leia a lista de novo.</translation>
    </message>
    <message>
        <source>Not in the list</source>
        <translation>Fora da lista</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>Escolher outro</translation>
    </message>
</context>
<context>
    <name>AnalysisPanel</name>
    <message>
        <source>Messages</source>
        <translation>Mensagens</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>Estimado</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>País</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Custo</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Categoria</translation>
    </message>
    <message>
        <source>By the prices in Settings at the moment of each message; what Meta tells takes their place.</source>
        <translation>Pelos preços das Configurações no momento de cada mensagem; o que a Meta informa toma o lugar deles.</translation>
    </message>
    <message>
        <source>As far as known</source>
        <translation>Valor conhecido</translation>
    </message>
    <message>
        <source>{share} written</source>
        <translation>{share} gravado</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Tries and retries</source>
        <translation>Tentativas e novas tentativas</translation>
    </message>
    <message>
        <source>Share of the accepted</source>
        <translation>Proporção das aceitas</translation>
    </message>
    <message>
        <source>Of all accepted messages</source>
        <translation>De todas as mensagens aceitas</translation>
    </message>
    <message>
        <source>By the clock of {zone}: accepted messages; what was not sent stands on top in red.</source>
        <translation>No horário de {zone}: mensagens aceitas; o que não foi enviado fica em cima, em vermelho.</translation>
    </message>
    <message>
        <source>Average and 95 of 100: from the request to the answer of the gateway that accepted it.</source>
        <translation>Média e 95 de 100: do pedido até a resposta do gateway que aceitou.</translation>
    </message>
    <message>
        <source>Accepted at try</source>
        <translation>Aceita na tentativa</translation>
    </message>
    <message>
        <source>A try is one request to a gateway. What it refuses for a reason that can pass is tried again.</source>
        <translation>Uma tentativa é um pedido ao gateway. O que ele recusa por um motivo passageiro é tentado de novo.</translation>
    </message>
</context>
<context>
    <name>Budget</name>
    <message>
        <source>{n} of {limit} messages this month</source>
        <translation>{n} de {limit} mensagens neste mês</translation>
    </message>
    <message>
        <source>{n} messages this month, without a limit</source>
        <translation>{n} mensagens neste mês, sem limite</translation>
    </message>
    <message>
        <source>{money} this month, without a limit</source>
        <translation>{money} neste mês, sem limite</translation>
    </message>
    <message>
        <source>{money} of {limit} this month</source>
        <translation>{money} de {limit} neste mês</translation>
    </message>
    <message>
        <source>{money} for {n} messages, estimated {estimate}.</source>
        <translation>{money} por {n} mensagens, estimado em {estimate}.</translation>
    </message>
    <message>
        <source>Utility</source>
        <translation>Utilidade</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Serviço</translation>
    </message>
    <message>
        <source>Meta has told what it charged for {n} of {all} messages: {money} by your prices, estimated {estimate}.</source>
        <translation>A Meta já informou o que cobrou por {n} de {all} mensagens: {money} pelos seus preços, estimado em {estimate}.</translation>
    </message>
    <message>
        <source>Marketing</source>
        <translation>Marketing</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Anteriores</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>Autenticação</translation>
    </message>
    <message>
        <source>Any message</source>
        <translation>Qualquer mensagem</translation>
    </message>
    <message>
        <source>Other countries</source>
        <translation>Demais países</translation>
    </message>
</context>
<context>
    <name>BudgetSection</name>
    <message>
        <source>for each message, if somebody charges you</source>
        <translation>por mensagem, se alguém cobrar de você</translation>
    </message>
    <message>
        <source>When messages or money of the month are used up, campaigns pause and say so: nothing is sent beyond.</source>
        <translation>Quando as mensagens ou o valor do mês acabam, as campanhas pausam e avisam: nada é enviado além disso.</translation>
    </message>
    <message>
        <source>What one message costs</source>
        <translation>Quanto custa uma mensagem</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>Remover {name}</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sem limite</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mês</translation>
    </message>
    <message>
        <source>Money a month</source>
        <translation>Valor por mês</translation>
    </message>
    <message>
        <source>Messages a month</source>
        <translation>Mensagens por mês</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Mensagens</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>Estimado</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Moeda</translation>
    </message>
    <message>
        <source>Credits of the month</source>
        <translation>Créditos do mês</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>País</translation>
    </message>
    <message>
        <source>Copy the prices from Meta's list for your currency: they change several times a year. Without a price a message counts as free.</source>
        <translation>Copie os preços da tabela da Meta na sua moeda: eles mudam várias vezes por ano. Sem preço, a mensagem conta como gratuita.</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>Por mês</translation>
    </message>
    <message>
        <source>As far as known</source>
        <translation>Valor conhecido</translation>
    </message>
    <message>
        <source>Add country</source>
        <translation>Adicionar país</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>Credits of the month</source>
        <translation>Créditos do mês</translation>
    </message>
</context>
<context>
    <name>NumberCheckDialog</name>
    <message>
        <source>{there} on WhatsApp, {absent} not there.</source>
        <translation>{there} no WhatsApp, {absent} fora dele.</translation>
    </message>
    <message>
        <source>{done} of {people} asked about</source>
        <translation>{done} de {people} consultadas</translation>
    </message>
    <message>
        <source>Who is on WhatsApp?</source>
        <translation>Quem está no WhatsApp?</translation>
    </message>
    <message>
        <source>To be asked about: {people}, which takes about {time}.</source>
        <translation>Falta consultar: {people}, o que leva cerca de {time}.</translation>
    </message>
    <message>
        <source>Stopped; what was answered is kept, and the next check goes on from here.</source>
        <translation>Parada; o que já foi respondido fica guardado, e a próxima verificação continua daqui.</translation>
    </message>
    <message>
        <source>Stop asking</source>
        <translation>Parar de consultar</translation>
    </message>
    <message>
        <source>Rely on answers of the last</source>
        <translation>Confiar em respostas dos últimos</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Pessoas</translation>
    </message>
    <message>
        <source>Nobody is left to be asked about.</source>
        <translation>Não falta ninguém.</translation>
    </message>
    <message>
        <source>No connected number can tell who is on WhatsApp. Connect one of Evolution API or WAHA.</source>
        <translation>Nenhum número conectado sabe dizer quem está no WhatsApp. Conecte um da Evolution API ou da WAHA.</translation>
    </message>
    <message>
        <source>No answer for {people}.</source>
        <translation>Sem resposta: {people}.</translation>
    </message>
    <message>
        <source>Known: {there} on WhatsApp, {absent} not; the oldest answer is of {day}.</source>
        <translation>Já se sabe: {there} no WhatsApp, {absent} não; a resposta mais antiga é de {day}.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Contando…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Check on WhatsApp</source>
        <translation>Verificar no WhatsApp</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Verificar agora</translation>
    </message>
    <message>
        <source>Ask through</source>
        <translation>Consultar pelo número</translation>
    </message>
    <message>
        <source>All contacts</source>
        <translation>Todos os contatos</translation>
    </message>
    <message>
        <source>About {time} left. You may close this window: it goes on.</source>
        <translation>Faltam cerca de {time}. Pode fechar esta janela: a verificação continua.</translation>
    </message>
    <message>
        <source>A gateway is asked in small batches with pauses, so that no number is in danger. Who is not there is left out of campaigns.</source>
        <translation>O gateway é consultado em pequenos lotes, com pausas, para não pôr nenhum número em risco. Quem não está lá fica de fora das campanhas.</translation>
    </message>
    <message>
        <source> days</source>
        <translation> dias</translation>
    </message>
</context>
<context>
    <name>ImportPreview</name>
    <message>
        <source>with a remark: {n}</source>
        <translation>com observação: {n}</translation>
    </message>
    <message>
        <source>same phone as row {row}</source>
        <translation>mesmo telefone da linha {row}</translation>
    </message>
    <message>
        <source>said no</source>
        <translation>disse não</translation>
    </message>
    <message>
        <source>refused: {n}</source>
        <translation>recusadas: {n}</translation>
    </message>
    <message>
        <source>ninth digit added</source>
        <translation>nono dígito acrescentado</translation>
    </message>
    <message>
        <source>landline: some have WhatsApp</source>
        <translation>fixo: alguns têm WhatsApp</translation>
    </message>
    <message>
        <source>comes in as opted out</source>
        <translation>entra como quem pediu para sair</translation>
    </message>
    <message>
        <source>agreed</source>
        <translation>autorizou</translation>
    </message>
    <message>
        <source>First {n} rows, as they will be</source>
        <translation>Primeiras {n} linhas, como vão ficar</translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>the pasted table</source>
        <translation>tabela colada</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>The computer ends your session: nothing new leaves, answers that are on their way are awaited.</source>
        <translation>O computador está encerrando a sessão: nada novo sai, e esperamos as respostas do que já está a caminho.</translation>
    </message>
    <message>
        <source>If it does not end after all, sending goes on by itself within a minute.</source>
        <translation>Se a sessão não for encerrada, o envio continua sozinho em até um minuto.</translation>
    </message>
    <message>
        <source>What it had written was taken back: nothing is half done. Import the file again.</source>
        <translation>O que ela já tinha gravado foi desfeito: nada ficou pela metade. Importe o arquivo de novo.</translation>
    </message>
    <message>
        <source>The import of {file} was cut off when Cadência was closed.</source>
        <translation>A importação de {file} foi interrompida quando a Cadência fechou.</translation>
    </message>
</context>
<context>
    <name>TrialDialog</name>
    <message>
        <source>Your phone</source>
        <translation>Seu telefone</translation>
    </message>
    <message>
        <source>Through the number</source>
        <translation>Pelo número</translation>
    </message>
    <message>
        <source>There is no number yet: add one in Instances.</source>
        <translation>Ainda não há número: adicione um em Instâncias.</translation>
    </message>
    <message>
        <source>The test counts against its limits like any message.</source>
        <translation>O teste conta nos limites dele como qualquer mensagem.</translation>
    </message>
    <message>
        <source>The chosen variation. No campaign counts it.</source>
        <translation>A variação escolhida. Nenhuma campanha conta o teste.</translation>
    </message>
    <message>
        <source>The chosen variation, as {name} would read it. No campaign counts it.</source>
        <translation>A variação escolhida, como {name} a leria. Nenhuma campanha conta o teste.</translation>
    </message>
    <message>
        <source>Sent to {phone}. Look at your phone.</source>
        <translation>Enviado para {phone}. Olhe seu telefone.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Enviando…</translation>
    </message>
    <message>
        <source>Send test</source>
        <translation>Enviar teste</translation>
    </message>
    <message>
        <source>Send a test to yourself</source>
        <translation>Enviar um teste para você</translation>
    </message>
    <message>
        <source>Remembered for the next test.</source>
        <translation>Fica guardado para o próximo teste.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>GraceSection</name>
    <message>
        <source>Time to take a start back</source>
        <translation>Tempo para desfazer um início</translation>
    </message>
    <message>
        <source>Start of a campaign</source>
        <translation>Início de uma campanha</translation>
    </message>
    <message>
        <source>Right after a start everything can still be taken back: nothing leaves before.</source>
        <translation>Logo depois do início ainda dá para desfazer tudo: nada sai antes disso.</translation>
    </message>
    <message>
        <source>With 0 the first messages leave at once.</source>
        <translation>Com 0, as primeiras mensagens saem na hora.</translation>
    </message>
</context>
<context>
    <name>CampaignsPage</name>
    <message>
        <source>Take a capsule in…</source>
        <translation>Receber cápsula…</translation>
    </message>
    <message>
        <source>A draft was made of the capsule.</source>
        <translation>Um rascunho foi criado a partir da cápsula.</translation>
    </message>
</context>
<context>
    <name>CapsuleActions</name>
    <message>
        <source>Give it to one desk only: two that take the same file in would both send, and neither can know of the other.</source>
        <translation>Passe-o a um só computador: dois que recebam o mesmo arquivo enviariam em dobro, e nenhum deles tem como saber do outro.</translation>
    </message>
    <message>
        <source>Nobody else has it: make the draft</source>
        <translation>Ninguém mais o tem: criar o rascunho</translation>
    </message>
    <message>
        <source>Handed over: {file}. Give it to one desk only.</source>
        <translation>Entregue: {file}. Passe o arquivo a um só computador.</translation>
    </message>
    <message>
        <source>{file} is protected by a passphrase.</source>
        <translation>{file} está protegido por uma frase secreta.</translation>
    </message>
    <message>
        <source>Where the capsule goes</source>
        <translation>Onde salvar a cápsula</translation>
    </message>
    <message>
        <source>The file holds the message, its people and files, and what became of them. From then on the campaign is sent where the file is taken in; here it stands still until you take it back.</source>
        <translation>O arquivo leva a mensagem, as pessoas, os anexos e o que aconteceu com cada envio. A partir daí a campanha é enviada onde o arquivo for recebido; aqui ela fica parada até você retomá-la.</translation>
    </message>
    <message>
        <source>The file holds the message, its people and files, and what became of each message.</source>
        <translation>O arquivo leva a mensagem, as pessoas, os anexos e o que aconteceu com cada envio.</translation>
    </message>
    <message>
        <source>The campaign can be sent here again.</source>
        <translation>A campanha pode ser enviada aqui de novo.</translation>
    </message>
    <message>
        <source>Take {name} back?</source>
        <translation>Retomar {name}?</translation>
    </message>
    <message>
        <source>Take in {name}?</source>
        <translation>Receber {name}?</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>Retomar da cápsula…</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Take a capsule in</source>
        <translation>Receber cápsula</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>Salvo: {file}</translation>
    </message>
    <message>
        <source>Save as a capsule…</source>
        <translation>Salvar como cápsula…</translation>
    </message>
    <message>
        <source>Passphrase of the capsule</source>
        <translation>Frase secreta da cápsula</translation>
    </message>
    <message>
        <source>Only when it is certain that nobody sends it there: the same people would get it twice.</source>
        <translation>Só quando for certo que ninguém vai enviá-la de lá: as mesmas pessoas receberiam duas vezes.</translation>
    </message>
    <message>
        <source>Make the draft</source>
        <translation>Criar o rascunho</translation>
    </message>
    <message>
        <source>Hand over in a capsule…</source>
        <translation>Entregar em cápsula…</translation>
    </message>
    <message>
        <source>Capsules (*{suffix})</source>
        <translation>Cápsulas (*{suffix})</translation>
    </message>
    <message>
        <source>Capsule of {name}</source>
        <translation>Cápsula de {name}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>Capsules</name>
    <message>
        <source>This file was made on {when}. Two desks that take it in would both send, and neither can know of the other: go on only if nobody else has taken it in, or will.</source>
        <translation>Este arquivo foi criado em {when}. Dois computadores que o recebam enviariam em dobro, e nenhum deles tem como saber do outro: continue só se ninguém mais o recebeu nem vai receber.</translation>
    </message>
    <message>
        <source>It was started where it comes from: {done} of {total} have its message, are in doubt or are left out. A draft is made here to the rest, {people}.</source>
        <translation>Ela já foi iniciada na origem: {done} de {total} já têm a mensagem, estão em dúvida ou ficam de fora. Será criado um rascunho aqui para o restante, {people}.</translation>
    </message>
    <message>
        <source>A draft is made here, to {people}. Who opted out is left out.</source>
        <translation>Será criado um rascunho aqui, para {people}. Quem pediu para sair fica de fora.</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Without one, whoever has the file can read it.</source>
        <translation>Sem senha, quem tiver o arquivo consegue ler.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Frase secreta</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Repita</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>PeopleAsked</name>
    <message>
        <source>Of this campaign, without a value for {fields}</source>
        <translation>Desta campanha, sem valor em {fields}</translation>
    </message>
    <message>
        <source>Of this campaign, without a recorded consent</source>
        <translation>Desta campanha, sem consentimento registrado</translation>
    </message>
</context>
<context>
    <name>AiDialog</name>
    <message>
        <source>Writing…</source>
        <translation>Escrevendo…</translation>
    </message>
    <message>
        <source>What you want of them</source>
        <translation>O que você quer delas</translation>
    </message>
    <message>
        <source>The message has as many variations as there can be.</source>
        <translation>A mensagem já tem todas as variações possíveis.</translation>
    </message>
    <message>
        <source>Shorter, warmer, with a question at the end…</source>
        <translation>Mais curta, mais calorosa, com uma pergunta no fim…</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Sugerir</translation>
    </message>
    <message>
        <source>Only the text of the chosen variation is sent, with marks in the place of variables: nothing of any contact. What comes back is a proposal; you decide about each one.</source>
        <translation>Só o texto da variação escolhida é enviado, com marcas no lugar das variáveis: nada de nenhum contato. O que volta é uma sugestão; você decide sobre cada uma.</translation>
    </message>
    <message>
        <source>No proposals yet. Write a message first: they are variations of it.</source>
        <translation>Nenhuma sugestão ainda. Escreva antes uma mensagem: elas são variações dela.</translation>
    </message>
    <message>
        <source>No AI is set up. It is in Settings, under Integrations, and off unless you switch it on.</source>
        <translation>Nenhuma IA foi configurada. Fica em Configurações, Integrações, e só funciona se você ligar.</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Quantas</translation>
    </message>
    <message>
        <source>Drafts by AI</source>
        <translation>Sugestões da IA</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>AiSection</name>
    <message>
        <source>Use an AI endpoint (OpenAI-compatible)</source>
        <translation>Usar uma IA (API compatível com OpenAI)</translation>
    </message>
    <message>
        <source>Up to and with the version of the API.</source>
        <translation>Até a versão da API, inclusive.</translation>
    </message>
    <message>
        <source>Test it</source>
        <translation>Testar</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Proposes variations of a message in the editor, for you to accept, change or reject. Only your own text is sent there, with marks in the place of variables: no name, phone or field of a contact. Nothing is asked while messages are being sent.</source>
        <translation>Propõe variações de uma mensagem no editor, para você aceitar, mudar ou recusar. Só o seu próprio texto é enviado para lá, com marcas no lugar das variáveis: nenhum nome, telefone ou campo de contato. Nada é pedido enquanto as mensagens são enviadas.</translation>
    </message>
    <message>
        <source>Price per million written</source>
        <translation>Preço por milhão escrito</translation>
    </message>
    <message>
        <source>Price per million read</source>
        <translation>Preço por milhão lido</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Chave</translation>
    </message>
    <message>
        <source>It is in the keyring of this computer. Type another one to replace it.</source>
        <translation>Está no cofre de senhas deste computador. Digite outra para trocá-la.</translation>
    </message>
    <message>
        <source>It goes into the keyring of this computer. An endpoint on this computer may need none.</source>
        <translation>Vai para o cofre de senhas deste computador. Uma IA neste computador pode não precisar.</translation>
    </message>
    <message>
        <source>It answers.</source>
        <translation>Ela responde.</translation>
    </message>
    <message>
        <source>How it should write (system prompt)</source>
        <translation>Como ela deve escrever (prompt de sistema)</translation>
    </message>
    <message>
        <source>Help with writing (AI)</source>
        <translation>Ajuda para escrever (IA)</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Moeda</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Perguntando…</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Endereço</translation>
    </message>
</context>
<context>
    <name>AiWords</name>
    <message>
        <source>Failures: {count}; the last one {when}: {why}</source>
        <translation>Falhas: {count}; a última em {when}: {why}</translation>
    </message>
    <message>
        <source>Nothing was asked in the last 30 days.</source>
        <translation>Nada foi pedido nos últimos 30 dias.</translation>
    </message>
    <message>
        <source>Last 30 days: {requests} requests, {tokens} tokens</source>
        <translation>Últimos 30 dias: {requests} pedidos, {tokens} tokens</translation>
    </message>
</context>
<context>
    <name>ProposalRow</name>
    <message>
        <source>Something to mend in the text.</source>
        <translation>Há algo a corrigir no texto.</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Recusar</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Sugestão</translation>
    </message>
    <message>
        <source>Accept as variation</source>
        <translation>Aceitar como variação</translation>
    </message>
</context>
<context>
    <name>BackupSection</name>
    <message>
        <source>Without it nobody opens a backup, you neither: write it down. It is kept in the keyring.</source>
        <translation>Sem ela ninguém abre um backup, nem você: anote-a. Ela fica no chaveiro do sistema.</translation>
    </message>
    <message>
        <source>Passphrase of the backups</source>
        <translation>Frase secreta dos backups</translation>
    </message>
    <message>
        <source>Make backups by itself</source>
        <translation>Fazer backups automaticamente</translation>
    </message>
    <message>
        <source>How many are kept</source>
        <translation>Quantos guardar</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Pasta</translation>
    </message>
    <message>
        <source>Everything of the data folder in one encrypted file, without the keys of the gateways. It is made while this window, or another engine of the data folder, is running.</source>
        <translation>Toda a pasta de dados em um arquivo criptografado, sem as chaves dos gateways. É feito enquanto esta janela, ou outro motor da pasta de dados, estiver aberto.</translation>
    </message>
    <message>
        <source>Every so many hours</source>
        <translation>A cada quantas horas</translation>
    </message>
    <message>
        <source>Change the passphrase…</source>
        <translation>Trocar a frase secreta…</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Backups</translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Open folder</source>
        <translation>Abrir pasta</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>Escolher outra…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Escolher uma pasta</translation>
    </message>
    <message>
        <source>Back to the data folder</source>
        <translation>Voltar à pasta de dados</translation>
    </message>
</context>
<context>
    <name>ReportsSection</name>
    <message>
        <source>Write reports by itself</source>
        <translation>Gravar relatórios automaticamente</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Reports into a folder</source>
        <translation>Relatórios em uma pasta</translation>
    </message>
    <message>
        <source>For whoever reads them without opening Cadência: a shared folder, for example.</source>
        <translation>Para quem lê sem abrir o Cadência: uma pasta compartilhada, por exemplo.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Pasta</translation>
    </message>
    <message>
        <source>At</source>
        <translation>Às</translation>
    </message>
</context>
<context>
    <name>RetentionSection</name>
    <message>
        <source>Timeline</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Older lines are removed for good, and a line says so. Figures and reports of campaigns stay.</source>
        <translation>Linhas mais antigas são apagadas de vez, e uma linha registra isso. Os números e relatórios das campanhas ficam.</translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation>Guardar tudo</translation>
    </message>
    <message>
        <source>Days that are kept</source>
        <translation>Dias guardados</translation>
    </message>
    <message>
        <source>They hold names and what you write to people. It begins when sending starts anew.</source>
        <translation>Ele contém nomes e o que você escreve às pessoas. Vale a partir do próximo início dos envios.</translation>
    </message>
    <message>
        <source>Keep the words of each message</source>
        <translation>Guardar o texto de cada mensagem</translation>
    </message>
</context>
<context>
    <name>Schedules</name>
    <message>
        <source>When a campaign ends</source>
        <translation>Ao fim da campanha</translation>
    </message>
    <message>
        <source>Mondays</source>
        <translation>Às segundas</translation>
    </message>
    <message>
        <source>It was not done yet.</source>
        <translation>Ainda não foi feito.</translation>
    </message>
    <message>
        <source>It fails since {when}: {why}</source>
        <translation>Falhou, {when}: {why}</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Todo dia</translation>
    </message>
    <message>
        <source>Done last: {when}.</source>
        <translation>Última vez: {when}.</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>{date}: nothing was sent</source>
        <translation>{date}: nada foi enviado</translation>
    </message>
    <message>
        <source>{date}: health {score}, {sent} sent, {failed} not sent</source>
        <translation>{date}: saúde {score}, {sent} enviadas, {failed} não enviadas</translation>
    </message>
    <message>
        <source>it had to rest: {n}</source>
        <translation>precisou descansar: {n}</translation>
    </message>
</context>
<context>
    <name>HealthDialog</name>
    <message>
        <source>The share of messages that left on each day of its time zone, 0 to 100.</source>
        <translation>A parte das mensagens que saíram em cada dia do fuso dele, de 0 a 100.</translation>
    </message>
    <message>
        <source>Sent by day; what was not sent stands on top in red</source>
        <translation>Enviadas por dia; as não enviadas ficam em cima, em vermelho</translation>
    </message>
    <message>
        <source>Sent by day</source>
        <translation>Enviadas por dia</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Um momento…</translation>
    </message>
    <message>
        <source>Nothing was sent through it in the last 30 days.</source>
        <translation>Nada foi enviado por ele nos últimos 30 dias.</translation>
    </message>
    <message>
        <source>Health of {name}</source>
        <translation>Saúde de {name}</translation>
    </message>
    <message>
        <source>Health by day</source>
        <translation>Saúde por dia</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>CampaignPage</name>
    <message>
        <source>The export was cancelled; no file was left.</source>
        <translation>A exportação foi cancelada; nenhum arquivo ficou.</translation>
    </message>
    <message>
        <source>Log of this campaign</source>
        <translation>Registro desta campanha</translation>
    </message>
</context>
<context>
    <name>RecipientsPanel</name>
    <message>
        <source>What happened</source>
        <translation>O que aconteceu</translation>
    </message>
    <message>
        <source>Everything in the log about this person in this campaign.</source>
        <translation>Tudo o que o registro diz sobre esta pessoa nesta campanha.</translation>
    </message>
</context>
<context>
    <name>Analysis</name>
    <message>
        <source>Tries in all: {all}. Accepted: {accepted}. Not accepted: {refused}.</source>
        <translation>Tentativas ao todo: {all}. Aceitas: {accepted}. Não aceitas: {refused}.</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>Made on {when}. Start the campaign only if nobody else has taken this file in: both would send.</source>
        <translation>Criado em {when}. Inicie a campanha só se ninguém mais recebeu este arquivo: os dois enviariam.</translation>
    </message>
    <message>
        <source>Give the file to one desk only: two that take it in would both send.</source>
        <translation>Passe o arquivo a um só computador: dois que o recebam enviariam em dobro.</translation>
    </message>
</context>
<context>
    <name>OwnTextReviewPanel</name>
    <message>
        <source>All that the filter finds, that nobody has decided about and in which nothing is to be looked at.</source>
        <translation>Todos os que o filtro encontra, sobre os quais ninguém decidiu e nos quais não há nada para conferir.</translation>
    </message>
    <message>
        <source>{written} of {total} written, {accepted} accepted</source>
        <translation>{written} de {total} escritos, {accepted} aceitos</translation>
    </message>
    <message>
        <source>get the campaign's ordinary message</source>
        <translation>recebem a mensagem comum da campanha</translation>
    </message>
    <message>
        <source>are left out</source>
        <translation>ficam de fora</translation>
    </message>
    <message>
        <source>Write no more</source>
        <translation>Não escrever mais</translation>
    </message>
    <message>
        <source>Write anew</source>
        <translation>Escrever de novo</translation>
    </message>
    <message>
        <source>Which texts</source>
        <translation>Quais textos</translation>
    </message>
    <message>
        <source>Try the failed again</source>
        <translation>Tentar de novo os que falharam</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>Para conferir</translation>
    </message>
    <message>
        <source>There is no text yet.</source>
        <translation>Ainda não há texto.</translation>
    </message>
    <message>
        <source>Texts that are there stay; nobody else gets one.</source>
        <translation>Os textos que já existem ficam; ninguém mais recebe um.</translation>
    </message>
    <message>
        <source>Texts for one person each</source>
        <translation>Textos individuais</translation>
    </message>
    <message>
        <source>Text for this person</source>
        <translation>Texto para esta pessoa</translation>
    </message>
    <message>
        <source>Search name, phone or text</source>
        <translation>Buscar nome, telefone ou texto</translation>
    </message>
    <message>
        <source>Say in “What is sent” what is to be written.</source>
        <translation>Diga em “O que é enviado” o que deve ser escrito.</translation>
    </message>
    <message>
        <source>Save and accept</source>
        <translation>Salvar e aceitar</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Recusar</translation>
    </message>
    <message>
        <source>People without an accepted text</source>
        <translation>Pessoas sem texto aceito</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Not decided: the campaign does not start</source>
        <translation>Não decidido: a campanha não começa</translation>
    </message>
    <message>
        <source>No text here</source>
        <translation>Nenhum texto aqui</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Continuar escrevendo</translation>
    </message>
    <message>
        <source>All texts</source>
        <translation>Todos os textos</translation>
    </message>
    <message>
        <source>Accept all shown</source>
        <translation>Aceitar todos os mostrados</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aceitar</translation>
    </message>
    <message>
        <source>No text is as the filter says.</source>
        <translation>Nenhum texto corresponde ao filtro.</translation>
    </message>
</context>
<context>
    <name>OwnTextSetupPanel</name>
    <message>
        <source>Agreed to on this computer: {when}.</source>
        <translation>Autorizado neste computador: {when}.</translation>
    </message>
    <message>
        <source>{who} agreed to this: {when}.</source>
        <translation>Autorizado por {who}: {when}.</translation>
    </message>
    <message>
        <source>somebody without a name</source>
        <translation>alguém sem nome</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nenhum</translation>
    </message>
    <message>
        <source>Write the texts</source>
        <translation>Escrever os textos</translation>
    </message>
    <message>
        <source>What you want of each text</source>
        <translation>O que você quer de cada texto</translation>
    </message>
    <message>
        <source>What the AI may see of each person</source>
        <translation>O que a IA pode ver de cada pessoa</translation>
    </message>
    <message>
        <source>What leaves</source>
        <translation>O que sai daqui</translation>
    </message>
    <message>
        <source>Variables stay marks for the AI; their values are put in afterwards, on this computer.</source>
        <translation>Para a IA, as variáveis são só marcas; os valores entram depois, neste computador.</translation>
    </message>
    <message>
        <source>These fields of up to {people} are sent to {url}: {fields}. You answer for being allowed to pass them on. Your name and the time are recorded.</source>
        <translation>Estes campos de até {people} são enviados para {url}: {fields}. Você responde por poder compartilhá-los. Seu nome e o horário ficam registrados.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lendo…</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Pessoas</translation>
    </message>
    <message>
        <source>Only what you tick leaves. Phone numbers never do, also where they stand in another field.</source>
        <translation>Só sai o que você marcar. Telefones nunca saem, nem quando estão em outro campo.</translation>
    </message>
    <message>
        <source>No price is entered for this AI in Settings: the cost cannot be told, nor capped.</source>
        <translation>Nenhum preço desta IA foi informado em Configurações: não dá para estimar nem limitar o custo.</translation>
    </message>
    <message>
        <source>No AI is set up. It is in Settings, under Integrations, and off unless you switch it on.</source>
        <translation>Nenhuma IA está configurada. Ela fica em Configurações, Integrações, e está desligada até você ligar.</translation>
    </message>
    <message>
        <source>Message that the texts are made of</source>
        <translation>Mensagem que serve de base</translation>
    </message>
    <message>
        <source>Mention the city, be warm, one question at the end…</source>
        <translation>Cite a cidade, seja caloroso, uma pergunta no final…</translation>
    </message>
    <message>
        <source>I agree to this</source>
        <translation>Autorizo este envio</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Continuar escrevendo</translation>
    </message>
    <message>
        <source>For the first person, {name}, exactly this is sent to:</source>
        <translation>Para a primeira pessoa, {name}, é enviado exatamente isto para:</translation>
    </message>
    <message>
        <source>Exactly what is sent</source>
        <translation>Exatamente o que é enviado</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Custo</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>No máximo</translation>
    </message>
</context>
<context>
    <name>OwnTexts</name>
    <message>
        <source>Everybody who may have one has a text.</source>
        <translation>Todos que podem ter um texto já têm.</translation>
    </message>
    <message>
        <source>{tokens} tokens</source>
        <translation>{tokens} tokens</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>faltam {time}</translation>
    </message>
    <message>
        <source>{people} to write for</source>
        <translation>textos para {people}</translation>
    </message>
    <message>
        <source>{done} of {total} written</source>
        <translation>{done} de {total} escritos</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} falharam</translation>
    </message>
    <message>
        <source>of at most {most}</source>
        <translation>de no máximo {most}</translation>
    </message>
    <message>
        <source>not written yet</source>
        <translation>ainda não escrito</translation>
    </message>
    <message>
        <source>about {tokens} tokens</source>
        <translation>cerca de {tokens} tokens</translation>
    </message>
    <message>
        <source>about {cost}</source>
        <translation>cerca de {cost}</translation>
    </message>
    <message>
        <source>Whole name</source>
        <translation>Nome completo</translation>
    </message>
    <message>
        <source>What is written is kept.</source>
        <translation>O que já foi escrito fica guardado.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Na fila</translation>
    </message>
    <message>
        <source>Unfilled gap, such as [name]</source>
        <translation>Lacuna não preenchida, como [nome]</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>Longo demais</translation>
    </message>
    <message>
        <source>The AI is busy. It is asked again in {time}.</source>
        <translation>A IA está ocupada. Nova tentativa em {time}.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Situação</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Recusado</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Pessoa</translation>
    </message>
    <message>
        <source>Pausing: what is on its way is awaited…</source>
        <translation>Pausando: esperando o que já foi pedido…</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>Em pausa.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Novo</translation>
    </message>
    <message>
        <source>Look at</source>
        <translation>Conferir</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Primeiro nome</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falhou</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Vazio</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Editado</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Aceito</translation>
    </message>
    <message>
        <source>A link that you did not write</source>
        <translation>Um link que você não escreveu</translation>
    </message>
    <message>
        <source>A field of the message is empty</source>
        <translation>Um campo da mensagem está vazio</translation>
    </message>
</context>
<context>
    <name>OwnTextsDialog</name>
    <message>
        <source>What is sent</source>
        <translation>O que é enviado</translation>
    </message>
    <message>
        <source>The texts of all people go, also those that you accepted or wrote. What they cost stays counted.</source>
        <translation>Os textos de todas as pessoas são apagados, também os que você aceitou ou escreveu. O custo continua contado.</translation>
    </message>
    <message>
        <source>Texts ({count})</source>
        <translation>Textos ({count})</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Textos</translation>
    </message>
    <message>
        <source>Part of the work</source>
        <translation>Parte do trabalho</translation>
    </message>
    <message>
        <source>Discard all texts?</source>
        <translation>Descartar todos os textos?</translation>
    </message>
    <message>
        <source>Discard all texts</source>
        <translation>Descartar todos os textos</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>An AI writes one text for each person before the start. You read them; only what you accepted is sent, exactly as it stands there.</source>
        <translation>Uma IA escreve um texto para cada pessoa antes do início. Você lê cada um; só o que você aceitar é enviado, exatamente como está.</translation>
    </message>
    <message>
        <source>A text for each person</source>
        <translation>Um texto por pessoa</translation>
    </message>
</context>
<context>
    <name>Recipients</name>
    <message>
        <source>Text for this person alone</source>
        <translation>Texto só desta pessoa</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Accepted messages; what was not sent stands on top in red.</source>
        <translation>Mensagens aceitas; o que não foi enviado fica em cima, em vermelho.</translation>
    </message>
</context>
<context>
    <name>Campaigns</name>
    <message>
        <source>It may be sent where its capsule was taken in.</source>
        <translation>Pode estar sendo enviada onde a cápsula foi recebida.</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Em cápsula</translation>
    </message>
</context>
<context>
    <name>Campaign</name>
    <message>
        <source>not known: nothing can leave as it is</source>
        <translation>sem previsão: do jeito que está, nada pode sair</translation>
    </message>
</context>
</TS>
