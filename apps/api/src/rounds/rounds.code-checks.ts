import { ROUND_RULE, verifyRound } from '@touchmark/rounds';
import type { CheckQuery, CodeCheck } from '../platform/checks/check.js';

const ISO = (at: string): string => `to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const PUBLISHED = `
  SELECT round.coop_id, round.id, json_build_object('rule', $1::text, 'roundId', round.id, 'cellId', round.cell_id,
      'state', round.state, 'openedAt', ${ISO('round.opened_at')}, 'deadlineAt', ${ISO('round.deadline_at')},
      'cap', round.cap, 'commitment', round.commitment, 'requestsDigest', round.requests_digest,
      'secret', round.secret, 'seed', round.seed,
      'block', json_build_object('chainId', round.block_chain_id, 'number', round.block_number,
        'hash', round.block_hash, 'time', ${ISO('round.block_time')}),
      'slots', (SELECT json_agg(json_build_object('number', slot.number, 'stationId', slot.station_id,
          'fromAt', ${ISO('slot.from_at')}, 'toAt', ${ISO('slot.to_at')}))
        FROM round_slot AS slot WHERE slot.coop_id = round.coop_id AND slot.round_id = round.id),
      'requests', (SELECT coalesce(json_agg(json_build_object('pseudonym', request.pseudonym,
          'pastWins', request.past_wins, 'first', request.first_slot, 'second', request.second_slot,
          'beyondQuota', request.beyond_quota)), '[]')
        FROM round_request AS request WHERE request.coop_id = round.coop_id AND request.round_id = round.id),
      'wins', (SELECT coalesce(json_agg(json_build_object('slot', won.number, 'choice', won.choice,
          'pseudonym', winner.pseudonym)), '[]')
        FROM round_slot AS won JOIN round_request AS winner ON winner.coop_id = won.coop_id
         AND winner.round_id = won.round_id AND winner.account_id = won.won_by
       WHERE won.coop_id = round.coop_id AND won.round_id = round.id)) AS document
    FROM capacity_round AS round WHERE round.state = 'drawn'`;

interface PublishedRow {
  readonly coop_id: string;
  readonly id: string;
  readonly document: unknown;
}

/** What must hold of rounds and takes the lib to try: each drawn round recomputes to its result. */
export const CODE_CHECKS: CodeCheck[] = [
  {
    name: 'every drawn round is what its requests, secret and block make of it',
    counted: `SELECT count(*) FROM capacity_round WHERE state = 'drawn'`,
    find: async (query: CheckQuery) => {
      const rows = (await query(PUBLISHED, [ROUND_RULE])) as readonly PublishedRow[];
      return rows.flatMap(({ coop_id, id, document }) => {
        const verdict = verifyRound(document);
        const wrong = verdict.findings.filter((finding) => !finding.holds).map((finding) => finding.text);
        return verdict.right === true ? [] : [{ coop_id, id, wrong: wrong.join('; ') || verdict.message }];
      });
    },
  },
];
