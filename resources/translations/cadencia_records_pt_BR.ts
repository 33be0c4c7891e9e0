<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>Report</name>
    <message>
        <source>Campaign report</source>
        <translation>Relatório da campanha</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>Gerado em</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Situação</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Início</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fim</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Números</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Resumo</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>Destinatários</translation>
    </message>
    <message>
        <source>Recipients in all</source>
        <translation>Total de destinatários</translation>
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
        <source>Not sent</source>
        <translation>Não enviadas</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Ignorados</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>Em dúvida</translation>
    </message>
    <message>
        <source>Success rate</source>
        <translation>Taxa de sucesso</translation>
    </message>
    <message>
        <source>Delivery rate</source>
        <translation>Taxa de entrega</translation>
    </message>
    <message>
        <source>Read rate</source>
        <translation>Taxa de leitura</translation>
    </message>
    <message>
        <source>Reply rate</source>
        <translation>Taxa de resposta</translation>
    </message>
    <message>
        <source>Accepted at the first try</source>
        <translation>Aceitas na primeira tentativa</translation>
    </message>
    <message>
        <source>Accepted at a later try</source>
        <translation>Aceitas em outra tentativa</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Tentativas</translation>
    </message>
    <message>
        <source>Send time</source>
        <translation>Tempo de envio</translation>
    </message>
    <message>
        <source>Shortest</source>
        <translation>Menor</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>Média</translation>
    </message>
    <message>
        <source>95 of 100 within</source>
        <translation>95 de 100 em até</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Maior</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Por dia</translation>
    </message>
    <message>
        <source>By hour of the day</source>
        <translation>Por hora do dia</translation>
    </message>
    <message>
        <source>By weekday</source>
        <translation>Por dia da semana</translation>
    </message>
    <message>
        <source>Commonest errors</source>
        <translation>Erros mais comuns</translation>
    </message>
    <message>
        <source>No attempt ended with an error.</source>
        <translation>Nenhuma tentativa terminou em erro.</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>O que aconteceu</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Vezes</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Proporção</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>O que fazer</translation>
    </message>
    <message>
        <source>By variation</source>
        <translation>Por variação</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>Variação</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>Por número</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Dia</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Hora</translation>
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
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Sent at</source>
        <translation>Enviada em</translation>
    </message>
    <message>
        <source>Delivered at</source>
        <translation>Entregue em</translation>
    </message>
    <message>
        <source>Read at</source>
        <translation>Lida em</translation>
    </message>
    <message>
        <source>Replied at</source>
        <translation>Respondida em</translation>
    </message>
    <message>
        <source>Message id</source>
        <translation>Id da mensagem</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Prova</translation>
    </message>
    <message>
        <source>Proven: nobody was written to twice</source>
        <translation>Comprovado: ninguém recebeu duas vezes</translation>
    </message>
    <message>
        <source>Not provable for everybody</source>
        <translation>Não comprovável para todos</translation>
    </message>
    <message>
        <source>Somebody was written to twice</source>
        <translation>Alguém recebeu duas vezes</translation>
    </message>
    <message>
        <source>What the figures mean</source>
        <translation>O que significam os números</translation>
    </message>
    <message>
        <source>Times are those of</source>
        <translation>Horários de</translation>
    </message>
    <message>
        <source>Fingerprint of the log</source>
        <translation>Impressão digital do registro</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Página</translation>
    </message>
    <message>
        <source>accepted by WhatsApp's gateway, of those whose sending is decided (accepted or failed)</source>
        <translation>aceitas pelo gateway do WhatsApp, entre aquelas cujo envio já se decidiu (aceitas ou não enviadas)</translation>
    </message>
    <message>
        <source>delivered to the phone, of those accepted</source>
        <translation>entregues no celular, entre as aceitas</translation>
    </message>
    <message>
        <source>read, of those delivered; who has switched read receipts off counts as not read</source>
        <translation>lidas, entre as entregues; quem desativou a confirmação de leitura conta como não lida</translation>
    </message>
    <message>
        <source>answered at least once, of those accepted</source>
        <translation>respondidas ao menos uma vez, entre as aceitas</translation>
    </message>
    <message>
        <source>from the request to the answer of the gateway that accepted it</source>
        <translation>do pedido até a resposta do gateway que a aceitou</translation>
    </message>
    <message>
        <source>of all attempts that were not accepted</source>
        <translation>de todas as tentativas que não foram aceitas</translation>
    </message>
</context>
<context>
    <name>Analysis</name>
    <message>
        <source>report-campaign-{id}</source>
        <translation>relatorio-campanha-{id}</translation>
    </message>
    <message>
        <source>{when}: {sent} sent, {read} read, {failed} not sent</source>
        <translation>{when}: {sent} enviadas, {read} lidas, {failed} não enviadas</translation>
    </message>
    <message>
        <source>{part} of {whole}</source>
        <translation>{part} de {whole}</translation>
    </message>
</context>
<context>
    <name>AnalysisPanel</name>
    <message>
        <source>Sent by hour of the day</source>
        <translation>Enviadas por hora do dia</translation>
    </message>
    <message>
        <source>Sent by weekday</source>
        <translation>Enviadas por dia da semana</translation>
    </message>
    <message>
        <source>By hour of the day</source>
        <translation>Por hora do dia</translation>
    </message>
    <message>
        <source>By weekday</source>
        <translation>Por dia da semana</translation>
    </message>
    <message>
        <source>Sent by day</source>
        <translation>Enviadas por dia</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Por dia</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>O que aconteceu</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Vezes</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Proporção</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>O que fazer</translation>
    </message>
    <message>
        <source>No attempt ended with an error.</source>
        <translation>Nenhuma tentativa terminou em erro.</translation>
    </message>
    <message>
        <source>The share is of all attempts that were not accepted.</source>
        <translation>A proporção é de todas as tentativas que não foram aceitas.</translation>
    </message>
    <message>
        <source>Commonest errors</source>
        <translation>Erros mais comuns</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Enviadas</translation>
    </message>
    <message>
        <source>Reply rate</source>
        <translation>Taxa de resposta</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Não enviadas</translation>
    </message>
    <message>
        <source>Success rate</source>
        <translation>Taxa de sucesso</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>Média</translation>
    </message>
    <message>
        <source>95 of 100 within</source>
        <translation>95 de 100 em até</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>Por número</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Report to read (PDF)</source>
        <translation>Relatório para ler (PDF)</translation>
    </message>
    <message>
        <source>Workbook (XLSX)</source>
        <translation>Planilha (XLSX)</translation>
    </message>
    <message>
        <source>Proof report (CSV)</source>
        <translation>Relatório de prova (CSV)</translation>
    </message>
    <message>
        <source>Proof report (JSON)</source>
        <translation>Relatório de prova (JSON)</translation>
    </message>
    <message>
        <source>Accepted by the gateway, of those whose sending is decided (accepted or not sent)</source>
        <translation>Aceitas pelo gateway, entre as que já se decidiram (aceitas ou não enviadas)</translation>
    </message>
    <message>
        <source>Delivered to the phone, of those accepted</source>
        <translation>Entregues no celular, entre as aceitas</translation>
    </message>
    <message>
        <source>Read, of those delivered. Who has switched read receipts off counts as not read</source>
        <translation>Lidas, entre as entregues. Quem desativou a confirmação de leitura conta como não lida</translation>
    </message>
    <message>
        <source>Answered at least once, of those accepted</source>
        <translation>Respondidas ao menos uma vez, entre as aceitas</translation>
    </message>
    <message>
        <source>Delivery rate</source>
        <translation>Taxa de entrega</translation>
    </message>
    <message>
        <source>Read rate</source>
        <translation>Taxa de leitura</translation>
    </message>
    <message>
        <source>From the request to the answer of the gateway that accepted it</source>
        <translation>Do pedido até a resposta do gateway que a aceitou</translation>
    </message>
    <message>
        <source>Shortest send time</source>
        <translation>Menor tempo de envio</translation>
    </message>
    <message>
        <source>Average send time</source>
        <translation>Tempo médio de envio</translation>
    </message>
    <message>
        <source>Longest send time</source>
        <translation>Maior tempo de envio</translation>
    </message>
    <message>
        <source>Accepted at the first try</source>
        <translation>Aceitas na primeira</translation>
    </message>
    <message>
        <source>Accepted at a later try</source>
        <translation>Aceitas depois</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Exportando…</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Exportar o relatório</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>Dashboard</source>
        <translation>Painel</translation>
    </message>
    <message>
        <source>All campaigns together</source>
        <translation>Todas as campanhas juntas</translation>
    </message>
    <message>
        <source>New campaign</source>
        <translation>Nova campanha</translation>
    </message>
    <message>
        <source>Nothing to sum up yet</source>
        <translation>Ainda não há o que resumir</translation>
    </message>
    <message>
        <source>When campaigns have been sent, their figures and the last thirty days are here.</source>
        <translation>Quando houver campanhas enviadas, os números delas e os últimos trinta dias aparecem aqui.</translation>
    </message>
    <message>
        <source>The mean of the campaigns' success rates: accepted, of those accepted or not sent</source>
        <translation>A média das taxas de sucesso das campanhas: aceitas, entre as aceitas ou não enviadas</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>Campanhas</translation>
    </message>
    <message>
        <source>Sending now</source>
        <translation>Em envio</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Concluídas</translation>
    </message>
    <message>
        <source>Average success rate</source>
        <translation>Taxa média de sucesso</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Últimos 30 dias</translation>
    </message>
    <message>
        <source>Messages sent each day; what was not sent stands on top in red.</source>
        <translation>Mensagens enviadas por dia; o que não foi enviado fica em cima, em vermelho.</translation>
    </message>
    <message>
        <source>Messages sent each day</source>
        <translation>Mensagens enviadas por dia</translation>
    </message>
    <message>
        <source>Latest campaigns</source>
        <translation>Campanhas recentes</translation>
    </message>
    <message>
        <source>{sent} of {total} sent</source>
        <translation>{sent} de {total} enviadas</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>Abrir {name}</translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message>
        <source>{contact} edited</source>
        <translation>{contact}: cadastro editado</translation>
    </message>
    <message>
        <source>Webhook {hook} changed</source>
        <translation>Webhook {hook} alterado</translation>
    </message>
    <message>
        <source>Tag “{tag}” changed for {people}</source>
        <translation>Etiqueta “{tag}” alterada em {people}</translation>
    </message>
    <message>
        <source>Setting changed: {setting}</source>
        <translation>Configuração alterada: {setting}</translation>
    </message>
    <message>
        <source>Segment “{segment}” changed</source>
        <translation>Segmento “{segment}” alterado</translation>
    </message>
    <message>
        <source>Saved message “{saved_message}” changed</source>
        <translation>Mensagem salva “{saved_message}” alterada</translation>
    </message>
    <message>
        <source>Limits of {changed} changed</source>
        <translation>Limites de {changed} alterados</translation>
    </message>
    <message>
        <source>Changed by hand</source>
        <translation>Alterado à mão</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>This file would become too large when it is unpacked.</source>
        <translation>Este arquivo ficaria grande demais ao ser descompactado.</translation>
    </message>
    <message>
        <source>Save it as CSV, or in several files.</source>
        <translation>Salve como CSV ou em vários arquivos.</translation>
    </message>
    <message>
        <source>Write one.</source>
        <translation>Escreva uma.</translation>
    </message>
    <message>
        <source>Webhooks cannot be received: this computer does not have the address {host}.</source>
        <translation>Não é possível receber webhooks: este computador não tem o endereço {host}.</translation>
    </message>
    <message>
        <source>Webhooks cannot be received: another program uses port {port}, or it is not allowed.</source>
        <translation>Não é possível receber webhooks: outro programa usa a porta {port}, ou ela não é permitida.</translation>
    </message>
    <message>
        <source>Use another one, or send it as a document.</source>
        <translation>Use outra ou envie como documento.</translation>
    </message>
    <message>
        <source>This person is not there any more.</source>
        <translation>Esta pessoa não está mais cadastrada.</translation>
    </message>
    <message>
        <source>This file is no picture that can be read.</source>
        <translation>Este arquivo não é uma imagem que se possa ler.</translation>
    </message>
    <message>
        <source>This campaign has no number to send with.</source>
        <translation>Esta campanha não tem número para enviar.</translation>
    </message>
    <message>
        <source>This campaign has no message.</source>
        <translation>Esta campanha não tem mensagem.</translation>
    </message>
    <message>
        <source>This campaign cannot do that now. It is in this state: {status}.</source>
        <translation>Esta campanha não pode fazer isso agora. A situação dela é: {status}.</translation>
    </message>
    <message>
        <source>The picture cannot be made small enough.</source>
        <translation>Não dá para deixar a imagem pequena o bastante.</translation>
    </message>
    <message>
        <source>The moment to start at has passed.</source>
        <translation>O momento de início já passou.</translation>
    </message>
    <message>
        <source>The file “{path}” cannot be read.</source>
        <translation>Não foi possível ler o arquivo “{path}”.</translation>
    </message>
    <message>
        <source>The column “{column}” is not in this file.</source>
        <translation>A coluna “{column}” não está neste arquivo.</translation>
    </message>
    <message>
        <source>The campaign “{campaign}” uses this number and has not ended.</source>
        <translation>A campanha “{campaign}” usa este número e ainda não terminou.</translation>
    </message>
    <message>
        <source>The API cannot answer: port {port} is taken, or its address is not ours.</source>
        <translation>A API não pode responder: a porta {port} está ocupada ou o endereço não é deste computador.</translation>
    </message>
    <message>
        <source>Read the templates again and choose one of the list.</source>
        <translation>Leia os modelos de novo e escolha um da lista.</translation>
    </message>
    <message>
        <source>Open it in another program and save it as JPEG or PNG.</source>
        <translation>Abra em outro programa e salve como JPEG ou PNG.</translation>
    </message>
    <message>
        <source>Nobody would get this campaign.</source>
        <translation>Ninguém receberia esta campanha.</translation>
    </message>
    <message>
        <source>Meta has no template “{name}” in the language {language}.</source>
        <translation>A Meta não tem o modelo “{name}” no idioma {language}.</translation>
    </message>
    <message>
        <source>Look at the list again.</source>
        <translation>Olhe a lista de novo.</translation>
    </message>
    <message>
        <source>Choose at least one.</source>
        <translation>Escolha pelo menos um.</translation>
    </message>
    <message>
        <source>Choose a later one.</source>
        <translation>Escolha um momento mais tarde.</translation>
    </message>
    <message>
        <source>Check that it is still there and close it in other programs.</source>
        <translation>Veja se ele ainda está lá e feche-o em outros programas.</translation>
    </message>
    <message>
        <source>The report has neither phones nor texts nor keys in it.</source>
        <translation>O relatório não traz telefones, textos nem chaves.</translation>
    </message>
    <message>
        <source>Sending stopped because of an error in the program, and starts again by itself.</source>
        <translation>O envio parou por um erro do programa e recomeça sozinho.</translation>
    </message>
    <message>
        <source>An error that was not foreseen. Nothing stored is lost.</source>
        <translation>Um erro que não prevíamos. Nada do que está guardado se perdeu.</translation>
    </message>
    <message>
        <source>There is no saved message “{name}”.</source>
        <translation>Não há mensagem salva “{name}”.</translation>
    </message>
    <message>
        <source>There is a saved message “{name}” already.</source>
        <translation>Já existe uma mensagem salva “{name}”.</translation>
    </message>
    <message>
        <source>Choose a short one.</source>
        <translation>Escolha um mais curto.</translation>
    </message>
    <message>
        <source>A name has 1 to {longest} characters.</source>
        <translation>Um nome tem de 1 a {longest} caracteres.</translation>
    </message>
    <message>
        <source>Nothing can be written to this folder.</source>
        <translation>Não dá para gravar nesta pasta.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Escolha outra pasta.</translation>
    </message>
</context>
<context>
    <name>Crash</name>
    <message>
        <source>Your campaigns, contacts and messages are safe, and sending goes on. Whatever you did just now may not have been done: look, and try it again.</source>
        <translation>Suas campanhas, contatos e mensagens estão a salvo, e o envio continua. O que você acabou de fazer pode não ter sido feito: confira e tente de novo.</translation>
    </message>
    <message>
        <source>The cause is an error that we had not foreseen. Nothing of what is stored was changed.</source>
        <translation>A causa é um erro que não prevíamos. Nada do que está guardado foi alterado.</translation>
    </message>
    <message>
        <source>The cause is an error that we had not foreseen. Nothing is lost and nobody is written to twice. Sending starts again by itself in a moment; the window says when, and you can start it at once there.</source>
        <translation>A causa é um erro que não prevíamos. Nada se perdeu e ninguém recebe duas vezes. O envio recomeça sozinho daqui a pouco; a janela diz quando, e lá você pode recomeçar na hora.</translation>
    </message>
    <message>
        <source>Something went wrong that we had not foreseen</source>
        <translation>Aconteceu um erro que não prevíamos</translation>
    </message>
    <message>
        <source>Sending has stopped</source>
        <translation>O envio parou</translation>
    </message>
    <message>
        <source>Phone numbers, message texts and keys are not in the report.</source>
        <translation>O relatório não traz telefones, textos de mensagens nem chaves.</translation>
    </message>
    <message>
        <source>It was ended by an error inside one of its parts. What was recorded is safe: messages that were on their way are checked before anything is sent again.</source>
        <translation>Um erro interno o encerrou. O que estava registrado está a salvo: as mensagens que estavam a caminho são conferidas antes de qualquer novo envio.</translation>
    </message>
    <message>
        <source>It is kept in {path}.</source>
        <translation>Está guardado em {path}.</translation>
    </message>
    <message>
        <source>Cadência ended by itself last time</source>
        <translation>Da última vez o Cadência fechou sozinho</translation>
    </message>
    <message>
        <source>Cadência cannot open</source>
        <translation>O Cadência não abre</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Algo deu errado</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Relatório</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir pasta</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copiar relatório</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Sending has stopped</source>
        <translation>O envio parou</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Start again</source>
        <translation>Recomeçar</translation>
    </message>
</context>
<context>
    <name>ShellViewModel</name>
    <message>
        <source>Sending has stopped. {why}</source>
        <translation>O envio parou. {why}</translation>
    </message>
    <message>
        <source>Nothing is lost and nobody is written to twice.</source>
        <translation>Nada se perdeu e ninguém recebe duas vezes.</translation>
    </message>
    <message>
        <source>It starts again by itself at {time}.</source>
        <translation>Recomeça sozinho às {time}.</translation>
    </message>
    <message>
        <source>An error that was not foreseen ({kind}).</source>
        <translation>Um erro que não prevíamos ({kind}).</translation>
    </message>
</context>
<context>
    <name>LogsSection</name>
    <message>
        <source>Show crash reports</source>
        <translation>Ver relatórios de erro</translation>
    </message>
    <message>
        <source>Problems only</source>
        <translation>Só problemas</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir pasta</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>No crash report: no error came that was not foreseen.</source>
        <translation>Nenhum relatório de erro: nada de imprevisto aconteceu.</translation>
    </message>
    <message>
        <source>Log files</source>
        <translation>Arquivos de log</translation>
    </message>
    <message>
        <source>How much is written</source>
        <translation>Quanto registrar</translation>
    </message>
    <message>
        <source>For whoever looks into a problem. They hold no texts, no keys and no whole phone numbers.</source>
        <translation>Para quem for investigar um problema. Não trazem textos, chaves nem telefones completos.</translation>
    </message>
    <message>
        <source>Folder for log files</source>
        <translation>Pasta dos arquivos de log</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Pasta</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tudo</translation>
    </message>
    <message>
        <source>Crash reports that are kept: {n}.</source>
        <translation>Relatórios de erro guardados: {n}.</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>Escolher outra…</translation>
    </message>
    <message>
        <source>Back to the data folder</source>
        <translation>Voltar à pasta de dados</translation>
    </message>
</context>
</TS>
