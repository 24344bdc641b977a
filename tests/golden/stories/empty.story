# An engine that was told nothing.
engine seed=0
then
1d keep {"type":"defineItem","sku":"lamp"}
1d keep {"type":"receive","sku":"lamp","quantity":2}
1d keep {"type":"placeOrder","order":"A","lines":[{"sku":"lamp","quantity":3}]}
