import { Injectable } from '@nestjs/common';
import { PaymentProvider, PaymentProviderError, type Charge } from './payment-provider.js';

const MESSAGE =
  'This installation takes no payments: no provider is configured. Ask the operator to configure one.';

/** Stands in where no provider is configured: every order is refused before it holds a unit. */
@Injectable()
export class NoPayments extends PaymentProvider {
  readonly name = 'none';

  refuses(): string {
    return MESSAGE;
  }

  capture(): Promise<Charge> {
    return Promise.reject(new PaymentProviderError(MESSAGE));
  }

  refund(): Promise<void> {
    return Promise.reject(new PaymentProviderError(MESSAGE));
  }
}
