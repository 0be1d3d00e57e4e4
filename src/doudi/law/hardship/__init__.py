"""多维困难指数: indicators of six dimensions, their weights, the score and the priority route."""
