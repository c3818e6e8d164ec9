ALTER TYPE state ADD VALUE 'packed';
