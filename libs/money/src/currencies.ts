/**
 * Minor-unit digits of the active currencies (ISO 4217, list one). Not read from Intl: its digits come from CLDR
 * and differ from the standard for several currencies, and a price must not change with the runtime.
 */
const CODES_BY_SCALE: readonly (readonly [scale: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW ' +
      'CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG ' +
      'HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR ' +
      'MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG ' +
      'SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES ' +
      'WST XCD XCG YER ZAR ZMW ZWG',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const SCALES: ReadonlyMap<string, number> = new Map(
  CODES_BY_SCALE.flatMap(([scale, codes]) => codes.split(' ').map((code) => [code, scale] as const)),
);

/** The number of minor-unit digits of an ISO 4217 code (EUR 2, JPY 0, KWD 3), or null for an unknown code. */
export function currencyScale(currency: string): number | null {
  return SCALES.get(currency) ?? null;
}
