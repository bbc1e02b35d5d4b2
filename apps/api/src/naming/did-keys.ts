import { Injectable } from '@nestjs/common';
import type { DidKey } from '@touchmark/certificates';

/** The public keys by which credentials are signed here; a feature that signs adds its own, and they stand in each did.json. */
@Injectable()
export class DidKeys {
  private readonly sources: (() => Promise<readonly DidKey[]>)[] = [];

  add(source: () => Promise<readonly DidKey[]>): void {
    this.sources.push(source);
  }

  async all(): Promise<DidKey[]> {
    return (await Promise.all(this.sources.map((source) => source()))).flat();
  }
}
