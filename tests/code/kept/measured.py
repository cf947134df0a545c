# optimizer=lion&sensitivities=central&steps=30&until=10,sensitivities,wiggle
import torch

torch.set_default_dtype(torch.float64)
w = 2.0
k = 0.0625
ideal = 4.5
rate = 0.1
beta1 = 0.9
beta2 = 0.99
theta = torch.tensor([3.0, 5.0], requires_grad=True)
mean = torch.zeros(2)

def water(m, h):
    x = w * (m - 1)
    y = k * x * (h - 1)
    return x, y

print("step,m,h,x,y,E,dE_dm,dE_dh")
for step in range(31):
    theta.grad = None
    m, h = theta
    x, y = water(m, h)
    miss = y - ideal
    E = abs(miss)
    if step == 0:
        estimate = torch.autograd.grad(y, theta, retain_graph=True)[0]
    y.retain_grad()
    E.backward()

    row = [m, h, x, y, E, *theta.grad]
    print(step, *(f"{value + 0.0:.16e}" for value in row), sep=",")

    with torch.no_grad():
        if step >= 10:
            m_low, m_high = torch.clamp(m - 1e-3, 1, 10), torch.clamp(m + 1e-3, 1, 10)
            h_low, h_high = torch.clamp(h - 1e-3, 1, 10), torch.clamp(h + 1e-3, 1, 10)
            estimate = torch.stack([
                (water(m_high, h)[1] - water(m_low, h)[1]) / (m_high - m_low),
                (water(m, h_high)[1] - water(m, h_low)[1]) / (h_high - h_low),
            ])
        theta.grad = y.grad * estimate
        before = theta.clone()
        gradient = theta.grad
        direction = beta1 * mean + (1 - beta1) * gradient
        mean = beta2 * mean + (1 - beta2) * gradient
        theta -= rate * torch.sign(direction)
        if step < 10:
            a, b = theta - before
            side = 0.5 if step % 2 == 0 else -0.5
            theta.copy_(before + torch.stack([a - side * b, b + side * a]))
        theta.clamp_(1, 10)

        if step < 10:
            y_new = water(*theta)[1]
            moved = theta - before
            length = moved @ moved
            if length >= 1e-9 * 1e-9:
                surprise = y_new - y - estimate @ moved
                estimate += surprise / length * moved
