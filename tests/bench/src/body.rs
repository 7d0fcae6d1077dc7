//! Bodies of responses: compact JSON as the API writes it, the same bytes in every run.

use std::fmt::Write as _;

/// The metadata of an account.
pub const ACCOUNT_METADATA: &str = r#"{"id":"3fa85f64-5717-4562-b3fc-2c963f66afa6","created":"2025-06-01T08:12:13.553700Z","last_accessed":"2025-06-06T09:59:59.100000Z","iban":"GL3343697694912188","status":"READY","institution_id":"SANDBOXFINANCE_SFIN0000","owner_name":"Jane Doe","name":"Main Account"}"#;

/// The balances of an account.
pub const BALANCES: &str = r#"{"balances":[{"balanceAmount":{"amount":"1913.12","currency":"EUR"},"balanceType":"interimAvailable","referenceDate":"2025-06-06"},{"balanceAmount":{"amount":"1913.12","currency":"EUR"},"balanceType":"interimBooked","referenceDate":"2025-06-06"}]}"#;

/// The id of the account that has `count` transactions.
pub fn account_with(count: usize) -> String {
    format!("00000000-0000-4000-9000-{count:012}")
}

/// One page of requisitions.
pub fn requisitions(page: usize, per_page: usize, count: usize) -> String {
    let base = "https://bankaccountdata.gocardless.com/api/v2/requisitions/";
    let link = |page: usize| format!(r#""{base}?limit={per_page}&offset={}""#, page * per_page);
    let next = if (page + 1) * per_page < count { link(page + 1) } else { "null".to_owned() };
    let previous = if page > 0 { link(page - 1) } else { "null".to_owned() };
    let mut text = format!(r#"{{"count":{count},"next":{next},"previous":{previous},"results":["#);
    for index in page * per_page..(page + 1) * per_page {
        if index % per_page > 0 {
            text.push(',');
        }
        let id = format!("{index:08x}-5717-4562-b3fc-2c963f66afa6");
        put(
            &mut text,
            format_args!(
                r#"{{"id":"{id}","created":"2025-06-01T08:12:13.553700Z","redirect":"https://example.org/back","status":"LN","institution_id":"SANDBOXFINANCE_SFIN0000","agreement":"1f1c9d2e-5717-4562-b3fc-2c963f66afa6","reference":"{id}","accounts":["{id}","1{index:07x}-5717-4562-b3fc-2c963f66afa6"],"link":"https://ob.gocardless.com/psd2/start/{id}/SANDBOXFINANCE_SFIN0000","ssn":null,"account_selection":false,"redirect_immediate":false}}"#
            ),
        );
    }
    text.push_str("]}");
    text
}

/// The response to a read of transactions: `count` booked ones with all usual members.
pub fn transactions(count: usize) -> String {
    let mut text = String::with_capacity(count * 1_400 + 64);
    text.push_str(r#"{"transactions":{"booked":["#);
    for index in 0..count {
        if index > 0 {
            text.push(',');
        }
        transaction(&mut text, index);
    }
    text.push_str(r#"],"pending":[]}}"#);
    text
}

/// One in five is a direct debit, one in ten was paid in another currency, half are credits.
fn transaction(text: &mut String, index: usize) {
    let day = format!("2025-{:02}-{:02}", index / 28 % 12 + 1, index % 28 + 1);
    let clock = format!("{:02}:{:02}:{:02}", index % 24, index / 7 % 60, index / 11 % 60);
    let (sign, own, other) =
        if index % 2 == 0 { ("-", "debtor", "creditor") } else { ("", "creditor", "debtor") };
    let (units, cents) = (index * 37 % 2_000, index % 100);
    put(text, format_args!(r#"{{"transactionId":"{}{index:010}-1""#, day.replace('-', "")));
    put(text, format_args!(r#","entryReference":"{:012}""#, index * 7_919));
    put(text, format_args!(r#","endToEndId":"E2E-{:010}""#, index * 31));
    if index % 5 == 0 {
        put(text, format_args!(r#","mandateId":"M-{:07}-{:03}""#, index % 90, index % 7));
        put(text, format_args!(r#","creditorId":"DE98ZZZ{:011}""#, index % 90));
    }
    put(text, format_args!(r#","bookingDate":"{day}","valueDate":"{day}""#));
    put(text, format_args!(r#","bookingDateTime":"{day}T{clock}Z","valueDateTime":"{day}T{clock}.553700Z""#));
    put(
        text,
        format_args!(r#","transactionAmount":{{"amount":"{sign}{units}.{cents:02}","currency":"EUR"}}"#),
    );
    if index % 10 == 0 {
        put(
            text,
            format_args!(
                r#","currencyExchange":[{{"sourceCurrency":"USD","exchangeRate":"1.{:04}","unitCurrency":"EUR","targetCurrency":"EUR","quotationDate":"{day}"}}]"#,
                index % 10_000
            ),
        );
    }
    put(
        text,
        format_args!(
            r#","{other}Name":"Bakery No. {} and Daughters","{other}Account":{{"iban":"GL{:016}","currency":"EUR"}}"#,
            index % 400,
            index % 400
        ),
    );
    put(text, format_args!(r#","{own}Name":"Jane Doe","{own}Account":{{"iban":"GL3343697694912188"}}"#));
    put(
        text,
        format_args!(
            r#","remittanceInformationUnstructured":"Invoice {index} of {day}, with thanks","remittanceInformationUnstructuredArray":["Invoice {index} of {day}, with thanks"]"#
        ),
    );
    put(
        text,
        format_args!(
            r#","bankTransactionCode":"PMNT-ICDT-STDO","proprietaryBankTransactionCode":"TRANSFER""#
        ),
    );
    put(
        text,
        format_args!(
            r#","additionalInformation":"Booked at branch {}","purposeCode":"OTHR","internalTransactionId":"{:032x}""#,
            index % 60,
            (index as u128 + 1) * 0x9e37_79b9_7f4a_7c15_u128 * 0x1_0000_0001_u128
        ),
    );
    put(
        text,
        format_args!(
            r#","balanceAfterTransaction":{{"balanceAmount":{{"amount":"{}.{cents:02}","currency":"EUR"}},"balanceType":"interimBooked"}}}}"#,
            index * 13 % 90_000
        ),
    );
}

fn put(text: &mut String, piece: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(piece);
}
