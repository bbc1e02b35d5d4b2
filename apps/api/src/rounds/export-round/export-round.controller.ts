import { Controller, Get, Header, Inject, NotFoundException, Param } from '@nestjs/common';
import { ExportRound } from './export-round.js';

/** The published rounds, at an address that can be kept, sent on and checked by anybody. */
@Controller('rounds')
export class ExportRoundController {
  constructor(@Inject(ExportRound) private readonly exportRound: ExportRound) {}

  @Get(':coopId/:file')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  @Header('Access-Control-Allow-Origin', '*')
  async published(@Param('coopId') coopId: string, @Param('file') file: string): Promise<string> {
    const [id = '', rest] = file.split('.json');
    const round = rest === '' ? await this.exportRound.run(coopId, id) : null;
    if (round === null)
      throw new NotFoundException(
        'There is no such round. Its address is /rounds/<co-op id>/<round id>.json.',
      );
    return round;
  }
}
