"""The self-check (自测): for anybody, without an account; nothing that is answered is stored here."""
