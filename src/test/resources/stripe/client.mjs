// Calls the double of Stripe through Stripe's own client, and prints what came of it.
import Stripe from 'stripe';
import { readFileSync } from 'node:fs';

const [port, key, what, ...rest] = process.argv.slice(2);
const options = { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0 };
const stripe = new Stripe(key, options);
const kind = (call) => call.then(() => 'none', (e) => e.type);

const params = {
  mode: 'payment',
  success_url: 'https://school.example/back?session={CHECKOUT_SESSION_ID}',
  line_items: [
    { quantity: 1, price_data: { currency: 'eur', unit_amount: 4900, product_data: { name: 'Knots' } } },
  ],
  metadata: { order: '1' },
};

async function create() {
  const idempotencyKey = 'order-1';
  const first = await stripe.checkout.sessions.create(params, { idempotencyKey });
  const again = await stripe.checkout.sessions.create(params, { idempotencyKey });
  return {
    first: first.id,
    again: again.id,
    missing: await kind(stripe.checkout.sessions.retrieve('cs_test_none')),
    unauthorised: await kind(new Stripe('sk_test_none', options).customers.list()),
    reused: await kind(
      stripe.checkout.sessions.create({ ...params, metadata: { order: '2' } }, { idempotencyKey }),
    ),
  };
}

async function after(id) {
  const session = await stripe.checkout.sessions.retrieve(id, {
    expand: ['line_items', 'payment_intent.latest_charge'],
  });
  const refund = await stripe.refunds.create({ payment_intent: session.payment_intent.id, amount: 1000 });
  const events = [];
  for await (const event of stripe.events.list({ limit: 2 })) {
    events.push(event.type);
  }
  return {
    status: session.payment_status,
    line: session.line_items.data[0].description,
    charge: session.payment_intent.latest_charge.status,
    refunded: refund.amount,
    tooMuch: await kind(
      stripe.refunds.create({ payment_intent: session.payment_intent.id, amount: 4000 }),
    ),
    events,
  };
}

function verify(signature, secret) {
  try {
    return { type: stripe.webhooks.constructEvent(readFileSync(0), signature, secret).type };
  } catch (e) {
    return { error: e.type };
  }
}

console.log(JSON.stringify(await { create, after, verify }[what](...rest)));
