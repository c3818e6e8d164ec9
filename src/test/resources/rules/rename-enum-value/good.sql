ALTER TYPE state ADD VALUE 'settled' AFTER 'paid';
