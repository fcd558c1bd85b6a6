// Asks the same of whatever Stripe stands at a port, and prints what came of it without the names
// and moments that differ.
import Stripe from 'stripe';

const [port, key, given] = process.argv.slice(2);
const stripe = new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0 });
const wrong = (call) =>
  call.then(
    () => 'nothing wrong',
    (e) => [e.type, e.statusCode, e.code ?? null, e.param ?? null],
  );

const charge =
  given ?? (await stripe.charges.create({ amount: 4900, currency: 'eur', source: 'tok_visa' })).id;
const part = await stripe.refunds.create(
  { charge, amount: 1000, metadata: { of: 'a kindness' } },
  { idempotencyKey: 'part' },
);
const again = await stripe.refunds.create(
  { charge, amount: 1000, metadata: { of: 'a kindness' } },
  { idempotencyKey: 'part' },
);
const reused = await wrong(
  stripe.refunds.create({ charge, amount: 1001 }, { idempotencyKey: 'part' }),
);
const tooMuch = await wrong(stripe.refunds.create({ charge, amount: 4000 }));
const nothing = await wrong(stripe.refunds.create({ charge, amount: 0 }));
const whole = await stripe.refunds.create({ charge });
const after = await wrong(stripe.refunds.create({ charge, amount: 1 }));
const list = await stripe.refunds.list({ charge });

const customer = await stripe.customers.create({ email: 'bea@example.org', name: 'Bea' });
const renamed = await stripe.customers.update(customer.id, { name: 'Bea Buyer' });
const product = await stripe.products.create({ name: 'Knots' });
const price = await stripe.prices.create({
  product: product.id,
  currency: 'eur',
  unit_amount: 4900,
  recurring: { interval: 'month' },
});
const read = await stripe.prices.retrieve(price.id);

console.log(
  JSON.stringify({
    part: [part.object, part.amount, part.currency, part.status, part.metadata, part.charge === charge],
    again: again.id === part.id,
    reused,
    tooMuch,
    nothing,
    whole: [whole.amount, whole.status],
    after,
    // Stripe lists the newest first, which not every double does.
    list: list.data.map((it) => it.amount).sort(),
    refunded: await stripe.charges.retrieve(charge).then((it) => [it.amount_refunded, it.refunded]),
    noRefund: await wrong(stripe.refunds.retrieve('re_none')),
    // Whose name it was given by is told in two ways.
    noCharge: (await wrong(stripe.refunds.create({ charge: 'ch_none' }))).filter((it) => /_/.test(it)),
    customer: [customer.object, customer.email, renamed.name, renamed.id === customer.id],
    noCustomer: await wrong(stripe.customers.retrieve('cus_none')),
    product: [product.object, product.name, product.active],
    price: [read.object, read.unit_amount, read.currency, read.recurring.interval, read.product === product.id],
    noPrice: await wrong(stripe.prices.retrieve('price_none')),
  }),
);
