"""Relief of electricity, water, gas, heating, funeral and broadband (公用事业减免)."""
