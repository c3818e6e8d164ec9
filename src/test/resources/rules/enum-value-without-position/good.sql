ALTER TYPE state ADD VALUE 'packed' AFTER 'paid';
