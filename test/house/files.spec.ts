import { describe, expect, it } from '@jest/globals';
import { unpairedMigrations } from './checkers/migrations.js';
import { badNames } from './checkers/names.js';
import { missingReadmes } from './checkers/readmes.js';
import { mostLines, tooLong } from './checkers/sizes.js';
import { tree, type SourceFile } from './tree.js';

const files = tree();
const file = (path: string, text = 'export {};\n'): SourceFile => ({ path, text });

describe('names', () => {
  it('say what a thing does, in the whole tree', () => {
    expect(badNames(files)).toEqual([]);
  });

  it.each([
    ['apps/api/src/booking/booking.service.ts', ''],
    ['apps/api/src/booking/booking-manager.ts', ''],
    ['apps/api/src/utils/dates.ts', ''],
    ['apps/api/src/common/dates.ts', ''],
    ['apps/web/src/lib/DateHelper.svelte', ''],
    ['libs/money/src/hold.dto.spec.ts', ''],
    ['libs/money/src/money.ts', 'export class MoneyUtil {}'],
    ['libs/money/src/money.ts', 'export abstract class BaseRate {}'],
    ['libs/money/src/money.ts', 'export interface CommonRate {}'],
    ['libs/money/src/money.ts', 'export type HoldDto<T> = T[];'],
    ['contracts/receipts/Tokens.sol', 'contract TokenManager is ERC721 {'],
  ])('go red for %s %s', (path, text) => {
    expect(badNames([file(path, text)])).toHaveLength(1);
  });

  it('leave the words of the product alone', () => {
    const words =
      'export class PlaceServiceOrder {}\nexport type ServiceLevel = string;\nexport class Database {}';
    expect(badNames([file('apps/api/src/exchange/service-order.entity.ts', words)])).toEqual([]);
    const phrase = 'export class TakeOutOfService {}\nexport class ReturnToService {}';
    expect(badNames([file('apps/api/src/booking/take-out-of-service/evacuate.ts', phrase)])).toEqual([]);
  });
});

describe('sizes', () => {
  it(`stay within ${mostLines} lines, in the whole tree`, () => {
    expect(tooLong(files)).toEqual([]);
  });

  it('go red for one line more, and not for a generated file', () => {
    const lines = (count: number): string => 'line\n'.repeat(count);
    expect(tooLong([file('libs/money/src/index.ts', lines(mostLines))])).toEqual([]);
    expect(tooLong([file('libs/money/src/index.ts', lines(mostLines + 1))])).toHaveLength(1);
    expect(tooLong([file('contracts/abi/receipts.ts', lines(mostLines + 1))])).toEqual([]);
  });
});

describe('migrations', () => {
  const up = file('apps/api/migrations/0001-workshops.up.sql', 'create table workshop ();');
  const down = file('apps/api/migrations/0001-workshops.down.sql', 'drop table workshop;');

  it('go both ways, in the whole tree', () => {
    expect(unpairedMigrations(files)).toEqual([]);
    expect(unpairedMigrations([up, down])).toEqual([]);
  });

  it.each([
    ['there is no way back', [up]],
    ['there is no way there', [down]],
    ['the way back is empty', [up, { ...down, text: '-- nothing to undo\n' }]],
    ['the name says no way', [up, down, file('apps/api/migrations/0002-cells.sql', 'create table cell ();')]],
    [
      'two share a number',
      [
        up,
        down,
        file('apps/api/migrations/0001-cells.up.sql', 'create table cell ();'),
        file('apps/api/migrations/0001-cells.down.sql', 'drop table cell;'),
      ],
    ],
  ])('go red when %s', (_fault, broken) => {
    expect(unpairedMigrations(broken)).toHaveLength(1);
  });
});

describe('READMEs', () => {
  it('stand in every feature, in the whole tree', () => {
    expect(missingReadmes(files)).toEqual([]);
  });

  it.each([
    ['apps/api/src/booking/hold-slot/hold-slot.ts', 'apps/api/src/booking'],
    ['libs/money/src/index.ts', 'libs/money'],
    ['contracts/receipts/CollectorReceipts.sol', 'contracts'],
    ['apps/web/src/routes/+page.svelte', 'apps/web'],
    ['apps/local/src/start.ts', 'apps/local'],
  ])('go red when %s has none', (path, folder) => {
    const long = file(`${folder}/README.md`, 'words '.repeat(40));
    expect(missingReadmes([file(path)])).toHaveLength(1);
    expect(missingReadmes([file(path), file(`${folder}/README.md`, '# Booking')])).toHaveLength(1);
    expect(missingReadmes([file(path), long])).toEqual([]);
  });
});
