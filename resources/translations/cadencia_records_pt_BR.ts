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
</TS>
